-- Date and time expressions in the current version of an article, in order.
SELECT
    d.surface, d.timex_type, d.timex_value, d.timex_mod, d.date_from, d.date_to, d.start_char, d.end_char
FROM core.dates AS d
JOIN core.articles AS a ON a.article_id = d.article_id AND a.version = d.version
WHERE d.article_id = $article_id
ORDER BY d.start_char;
