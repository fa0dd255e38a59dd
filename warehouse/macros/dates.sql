CREATE OR REPLACE MACRO main.anniversaries(day_on) AS TABLE
SELECT
    any_value(year(day_on::DATE) - year(d.date_from)) AS years,
    d.date_from AS date_on,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT a.story_id) AS story_count,
    count(DISTINCT a.source) AS source_count,
    mode(d.surface) AS surface,
    arg_max(a.article_id, (a.published_at, a.article_id)) AS last_article_id,
    arg_max(a.title, (a.published_at, a.article_id)) AS last_title
FROM core.dates AS d
JOIN main.articles AS a ON a.article_id = d.article_id AND a.version = d.version
WHERE d.date_from = d.date_to
    AND year(d.date_from) < year(day_on::DATE)
    AND month(d.date_from) = month(day_on::DATE)
    AND day(d.date_from) = day(day_on::DATE)
GROUP BY d.date_from
ORDER BY story_count DESC, date_on;
COMMENT ON MACRO TABLE main.anniversaries IS
    'Days of earlier years on the same day of the year as day_on that articles speak of, most spoken of first.';
