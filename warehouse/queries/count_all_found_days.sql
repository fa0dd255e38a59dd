-- As count_found_days.sql without a filter.
SELECT
    (coalesce(a.published_at, a.first_seen_at) AT TIME ZONE 'UTC')::DATE AS day_on, a.source,
    count(*) AS articles
FROM main.search_ranked($words, 0, true) AS s
JOIN main.articles AS a USING (article_id)
GROUP BY ALL
ORDER BY ALL;
