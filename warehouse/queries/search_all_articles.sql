-- As search_articles.sql without a filter, which costs a third of the time to plan even while off.
SELECT
    round(s.score, 3) AS score, a.published_at, a.source, a.title, s.snippet, a.article_id,
    a.language, a.url
FROM (FROM main.search_ranked($words, $limit, true) LIMIT $limit) AS s
JOIN main.articles AS a USING (article_id)
ORDER BY s.score DESC, a.article_id;
