-- Versions fingerprinted anew; of the current ones `kept` has what they are compared by.
UPDATE core.versions AS v SET content_hash = p.content_hash, word_count = p.word_count
FROM read_parquet($path) AS p
WHERE v.article_id = p.article_id AND v.version = p.version
    AND (v.content_hash, v.word_count) IS DISTINCT FROM (p.content_hash, p.word_count);

CREATE OR REPLACE TEMP TABLE kept AS
SELECT p.article_id, p.version, 'changed' AS verdict, p.shingles, p.sketch
FROM read_parquet($path) AS p
JOIN core.articles AS a USING (article_id, version);
