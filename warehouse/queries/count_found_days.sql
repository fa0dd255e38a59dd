-- As count_days.sql, of the articles that match the words.
SELECT
    (coalesce(a.published_at, a.first_seen_at) AT TIME ZONE 'UTC')::DATE AS day_on, a.source,
    count(*) AS articles
FROM (
    FROM main.search_ranked($words, 0, article_id IN (
        FROM main.search_allowed($since, $until, $source, $entity, $language)))
) AS s
JOIN main.articles AS a USING (article_id)
GROUP BY ALL
ORDER BY ALL;
