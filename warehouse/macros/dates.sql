-- The dates of the articles that name somebody, of their current versions. "Near" is within about
-- two sentences: in a long article most dates belong to somebody else.
CREATE OR REPLACE MACRO main.dates_around(named) AS TABLE
WITH places AS (
    SELECT m.article_id, m.version, list(m.start_char) AS starts
    FROM core.mentions AS m
    JOIN core.entities AS e USING (entity_id)
    WHERE e.entity_id = named OR lower(e.name) = lower(named)
        OR list_contains(list_transform(e.aliases, lambda alias: lower(alias)), lower(named))
    GROUP BY ALL
)
SELECT
    d.date_from, d.date_to,
    mode(d.surface) AS surface,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT a.story_id) AS story_count,
    count(DISTINCT a.source) AS source_count,
    count(*) FILTER (len(list_filter(p.starts,
        lambda start: abs(start - d.start_char) <= 250)) > 0) AS near_count,
    arg_min(a.article_id, (a.published_at, a.article_id)) AS first_article_id,
    arg_min(a.title, (a.published_at, a.article_id)) AS first_title
FROM places AS p
JOIN main.articles AS a ON a.article_id = p.article_id AND a.version = p.version
JOIN core.dates AS d ON d.article_id = p.article_id AND d.version = p.version
WHERE d.date_from IS NOT NULL
GROUP BY d.date_from, d.date_to
ORDER BY d.date_from, d.date_to;
COMMENT ON MACRO TABLE main.dates_around IS
    'The dates that articles naming an entity (its name, an alias or its id) speak of, earliest first.';

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
