-- What is ahead of the day it was written on. A week or more is a season or a year ("by 2030"):
-- those stay in `dates`, a calendar of days has no place for them.
CREATE OR REPLACE VIEW main.upcoming AS
SELECT
    d.date_from, d.date_to, d.surface, d.timex_type,
    a.article_id, a.story_id, a.source, a.language, a.published_at, a.title,
    date_diff('day', a.published_at::DATE, d.date_from) AS days_ahead,
    substring(a.text, greatest(d.start_char - 80, 0) + 1,
        d.end_char - greatest(d.start_char - 80, 0) + 80) AS passage,
    d.timex_mod
FROM core.dates AS d
JOIN main.articles AS a ON a.article_id = d.article_id AND a.version = d.version
WHERE d.date_from > a.published_at::DATE AND d.date_to - d.date_from < 7;
COMMENT ON VIEW main.upcoming IS
    'Days that articles name and that come after their own: what is announced; a row a date.';
