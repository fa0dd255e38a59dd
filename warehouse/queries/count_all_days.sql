-- As count_days.sql without a filter.
SELECT
    (coalesce(published_at, first_seen_at) AT TIME ZONE 'UTC')::DATE AS day_on, source,
    count(*) AS articles
FROM main.articles
GROUP BY ALL
ORDER BY ALL;
