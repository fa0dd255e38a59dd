-- What each version of an article changed, from top to bottom.
SELECT version, position, field, kind, was, now
FROM core.changes
WHERE article_id = $article_id
ORDER BY version, position;
