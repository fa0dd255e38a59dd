-- The way of each version of an article back to raw bytes, oldest first.
FROM main.lineage WHERE article_id = $article_id ORDER BY version;
