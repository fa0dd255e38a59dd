-- As list_latest_articles.sql without a filter: filters cost time to plan even while off.
WITH latest AS MATERIALIZED (
    SELECT article_id, coalesce(published_at, first_seen_at) AS dated_at
    FROM main.articles
    ORDER BY dated_at DESC, article_id
    LIMIT $limit
)
SELECT
    NULL::DOUBLE AS score, a.published_at, a.source, a.title, left(a.text, 260) AS snippet,
    a.article_id, a.language, a.url
FROM latest AS l
JOIN main.articles AS a USING (article_id)
ORDER BY l.dated_at DESC, a.article_id;
