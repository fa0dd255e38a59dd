-- Every version but the first says what it changed, counting from 1, in sentences that stand in it
-- or stood in the one before.
WITH told AS (
    SELECT c.*, n.title AS new_title, n.text AS new_text, o.title AS old_title, o.text AS old_text,
        n.article_id IS NULL OR o.article_id IS NULL AS is_orphaned,
        row_number() OVER (PARTITION BY c.article_id, c.version ORDER BY c.position) AS place
    FROM core.changes AS c
    LEFT JOIN core.versions AS n ON n.article_id = c.article_id AND n.version = c.version
    LEFT JOIN core.versions AS o ON o.article_id = c.article_id AND o.version = c.version - 1
)
SELECT 'article ' || article_id || ' version ' || version AS subject,
    'change ' || position || CASE
        WHEN is_orphaned THEN ' is of no version'
        WHEN place <> position THEN ' is number ' || place
        ELSE ' is not what its versions say' END AS detail
FROM told
WHERE is_orphaned OR place <> position
    OR (field = 'title' AND (was <> old_title OR now <> new_title))
    OR (field = 'text' AND NOT (coalesce(contains(old_text, was), true)
        AND coalesce(contains(new_text, now), true)))
UNION ALL
SELECT 'article ' || v.article_id || ' version ' || v.version, 'nothing says what it changed'
FROM core.versions AS v
ANTI JOIN core.changes AS c USING (article_id, version)
WHERE v.version > 1;
