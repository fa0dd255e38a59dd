-- Current versions that search() would not find, in batches; a document of another version of the
-- article goes when this one is loaded.
SELECT v.article_id, v.version, v.title, v.text, v.language
FROM core.articles AS a
JOIN core.versions AS v USING (article_id, version)
WHERE NOT EXISTS (
    SELECT 1 FROM core.documents AS d
    WHERE d.article_id = v.article_id AND d.version = v.version)
ORDER BY v.article_id
LIMIT $limit;
