-- A duplicate names the first of its copies, which repeats nothing: no chains.
SELECT
    'article ' || a.article_id AS subject,
    CASE
        WHEN o.article_id IS NULL THEN 'repeats ' || a.duplicate_of || ', which is not there'
        ELSE 'repeats ' || a.duplicate_of || ', which repeats ' || o.duplicate_of
    END AS detail
FROM core.articles AS a
LEFT JOIN core.articles AS o ON o.article_id = a.duplicate_of
WHERE a.duplicate_of IS NOT NULL AND (o.article_id IS NULL OR o.duplicate_of IS NOT NULL);
