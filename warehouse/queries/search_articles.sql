-- Articles that match the words, best first; each filter is off while its parameter is NULL.
-- An article without a publication date is filtered by when it was first seen.
SELECT
    round(s.score, 3) AS score, a.published_at, a.source, a.title, s.snippet, a.article_id,
    a.language, a.url
FROM (
    FROM main.search_ranked($words, $limit, article_id IN (
        FROM main.search_allowed($since, $until, $source, $entity, $language)))
    LIMIT $limit
) AS s
JOIN main.articles AS a USING (article_id)
ORDER BY s.score DESC, a.article_id;
