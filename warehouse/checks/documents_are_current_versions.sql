-- The index knows the current version of every article, once, and nothing else.
SELECT
    'article ' || coalesce(a.article_id, d.article_id) AS subject,
    CASE
        WHEN a.article_id IS NULL THEN 'is in the index of words, but not in the warehouse'
        WHEN d.article_id IS NULL THEN 'is not in the index of words'
        WHEN d.documents > 1 THEN 'is in the index of words ' || d.documents || ' times'
        ELSE 'is in the index of words with version ' || d.version || ', not ' || a.version
    END AS detail
FROM core.articles AS a
FULL JOIN (
    SELECT article_id, max(version) AS version, count(*) AS documents
    FROM core.documents
    GROUP BY article_id
) AS d USING (article_id)
WHERE a.article_id IS NULL OR d.article_id IS NULL OR d.documents > 1 OR d.version <> a.version;
