-- Whether pairs may be others than they are. Where a batch is known, nothing is loaded and no key lost
-- a holder: nobody is affected.
CREATE TEMP TABLE IF NOT EXISTS shaken (key UINTEGER);

CREATE OR REPLACE TEMP TABLE affected AS SELECT article_id FROM kept LIMIT 0;

SELECT EXISTS (FROM kept) OR EXISTS (FROM shaken) AS is_due;
