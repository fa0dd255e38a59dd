-- Articles of each source and day, UTC; those without a publication date count on the day they were
-- first seen. Each filter is off while its parameter is NULL.
SELECT
    (coalesce(published_at, first_seen_at) AT TIME ZONE 'UTC')::DATE AS day_on, source,
    count(*) AS articles
FROM main.articles
WHERE article_id IN (FROM main.search_allowed($since, $until, $source, $entity, $language))
GROUP BY ALL
ORDER BY ALL;
