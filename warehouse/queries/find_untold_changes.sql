-- Versions whose changes were never told: those loaded before they were kept. Which, before their
-- texts are read: this is asked whenever a warehouse is opened.
WITH untold AS (
    SELECT n.article_id, n.version
    FROM core.versions AS n
    ANTI JOIN core.changes AS c ON c.article_id = n.article_id AND c.version = n.version
    WHERE n.version > 1
    ORDER BY n.article_id, n.version
    LIMIT $limit
)
SELECT n.article_id, n.version, coalesce(n.language, o.language) AS language,
    o.title AS old_title, o.text AS old_text, n.title AS new_title, n.text AS new_text
FROM untold AS u
JOIN core.versions AS n ON n.article_id = u.article_id AND n.version = u.version
JOIN core.versions AS o ON o.article_id = u.article_id AND o.version = u.version - 1
ORDER BY n.article_id, n.version;
