-- A duplicate names the first of its story, which repeats nothing: no chains, one story each.
SELECT
    'article ' || a.article_id AS subject,
    CASE
        WHEN a.duplicate_of IS NULL THEN 'repeats nothing, yet is of story ' || a.story_id
        WHEN o.article_id IS NULL THEN 'repeats ' || a.duplicate_of || ', which is not there'
        WHEN o.duplicate_of IS NOT NULL
            THEN 'repeats ' || a.duplicate_of || ', which repeats ' || o.duplicate_of
        ELSE 'is of story ' || a.story_id || ', what it repeats of ' || o.story_id
    END AS detail
FROM core.articles AS a
LEFT JOIN core.articles AS o ON o.article_id = a.duplicate_of
WHERE (a.duplicate_of IS NULL AND a.story_id <> a.article_id)
    OR (a.duplicate_of IS NOT NULL
        AND (o.article_id IS NULL OR o.duplicate_of IS NOT NULL OR o.story_id <> a.story_id));
