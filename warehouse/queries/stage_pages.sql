-- One batch of refined pages: `incoming` has a row a page asked for. It is a view of the batch's file,
-- so that each statement of the load reads the columns it needs and no other: as a table every
-- text and tag would be copied first.
SET VARIABLE staged_path = $path::VARCHAR;

CREATE OR REPLACE TEMP VIEW incoming AS
SELECT * FROM read_parquet(getvariable('staged_path'));

-- The words of their texts, with their letters.
CREATE OR REPLACE TEMP VIEW spelled AS SELECT unnest(words, recursive := true) FROM incoming;

-- Which article each entry led to before.
CREATE OR REPLACE TEMP TABLE leads AS
SELECT entry_id, article_id FROM core.entries
WHERE article_id IS NOT NULL AND entry_id IN (SELECT entry_id FROM incoming);
