-- The sketches of `doubtful` pairs.
SELECT article_no, article_id, sketch FROM core.sketches
WHERE article_no IN (SELECT one_no FROM doubtful UNION SELECT other_no FROM doubtful);
