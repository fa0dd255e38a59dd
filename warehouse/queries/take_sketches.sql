-- The articles of `kept` (article_id, shingles, sketch) take the place of what was known of them.
-- `shaken` has the keys that lost a holder since they were weighed.
CREATE OR REPLACE TEMP TABLE outdated AS
SELECT article_no FROM core.sketches SEMI JOIN kept USING (article_id);

INSERT INTO shaken SELECT key FROM core.shingles SEMI JOIN outdated USING (article_no);

DELETE FROM core.shingles WHERE article_no IN (SELECT article_no FROM outdated);

CREATE OR REPLACE TEMP TABLE compared AS
SELECT
    ((SELECT coalesce(max(article_no), 0) FROM core.sketches)
        + row_number() OVER (ORDER BY k.article_id))::INTEGER AS article_no,
    k.article_id, k.shingles
FROM kept AS k;

DELETE FROM core.sketches WHERE article_no IN (SELECT article_no FROM outdated);

INSERT INTO core.sketches
SELECT c.article_no, c.article_id, a.source,
    DATE '1970-01-01' + floor(epoch(v.published_at) / 86400)::INTEGER,
    k.sketch, len(c.shingles)
FROM compared AS c
JOIN kept AS k USING (article_id)
JOIN core.articles AS a USING (article_id)
JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
ORDER BY c.article_no;

INSERT INTO core.shingles SELECT unnest(shingles), article_no FROM compared;
