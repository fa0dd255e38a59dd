-- Versions whose changes were never told: those loaded before they were kept.
SELECT n.article_id, n.version, coalesce(n.language, o.language) AS language,
    o.title AS old_title, o.text AS old_text, n.title AS new_title, n.text AS new_text
FROM core.versions AS n
JOIN core.versions AS o ON o.article_id = n.article_id AND o.version = n.version - 1
ANTI JOIN core.changes AS c ON c.article_id = n.article_id AND c.version = n.version
ORDER BY n.article_id, n.version
LIMIT $limit;
