-- The article whose id, address or title is spelled most like this.
SELECT
    article_id, url, title,
    greatest(
        jaro_winkler_similarity(article_id, lower($wanted)),
        jaro_winkler_similarity(lower(url), lower($wanted)),
        jaro_winkler_similarity(lower(title), lower($wanted))) AS similarity
FROM main.articles
ORDER BY similarity DESC, article_id
LIMIT 1;
