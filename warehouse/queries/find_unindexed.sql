-- Current versions that search() would not find, in batches; a document of another version of the
-- article goes when this one is loaded. Which, before their texts are read: every run asks this.
WITH missing AS (
    SELECT a.article_id, a.version
    FROM core.articles AS a
    ANTI JOIN core.documents AS d ON d.article_id = a.article_id AND d.version = a.version
    ORDER BY a.article_id
    LIMIT $limit
)
SELECT v.article_id, v.version, v.title, v.text, v.language
FROM missing AS m
JOIN core.versions AS v ON v.article_id = m.article_id AND v.version = m.version
ORDER BY v.article_id;
