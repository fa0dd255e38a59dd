-- Current versions that nothing is compared with yet, a batch of them: of an older newshouse.
WITH missing AS (
    SELECT a.article_id, a.version
    FROM core.articles AS a
    ANTI JOIN core.sketches AS s USING (article_id)
    ORDER BY a.article_id
    LIMIT $limit
)
SELECT v.article_id, v.version, v.title, v.text
FROM missing AS m
JOIN core.versions AS v ON v.article_id = m.article_id AND v.version = m.version
ORDER BY v.article_id;
