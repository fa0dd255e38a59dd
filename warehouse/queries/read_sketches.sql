-- The sketches of `doubtful` pairs. DuckDB reads of a large column only the rows a Bloom filter lets
-- through, and makes one only where the smaller side has a condition: `is_asked` (see weigh_keys).
WITH asked_numbers AS MATERIALIZED (
    SELECT article_no, true AS is_asked
    FROM (SELECT one_no AS article_no FROM doubtful UNION SELECT other_no FROM doubtful)
)
SELECT article_no, article_id, sketch
FROM core.sketches
SEMI JOIN (SELECT article_no FROM asked_numbers WHERE is_asked) USING (article_no);
