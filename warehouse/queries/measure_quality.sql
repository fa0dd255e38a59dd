-- Figures that show at a glance whether articles got better or worse, before and after.
WITH versions AS (
    SELECT false AS is_now, v.* FROM was.core.articles AS a
    JOIN was.core.versions AS v USING (article_id, version)
    UNION ALL BY NAME
    SELECT true AS is_now, v.* FROM core.articles AS a
    JOIN core.versions AS v USING (article_id, version)
),
tags AS (
    SELECT false AS is_now, count(*) AS mentions FROM was.core.mentions
    UNION ALL
    SELECT true, count(*) FROM core.mentions
),
days AS (
    SELECT false AS is_now, count(*) AS dates FROM was.core.dates
    UNION ALL
    SELECT true, count(*) FROM core.dates
)
SELECT
    is_now,
    count(*) AS articles,
    median(word_count) AS median_words,
    avg((published_at IS NULL)::INTEGER) AS undated_share,
    avg((len(authors) = 0)::INTEGER) AS authorless_share,
    avg((language IS NULL)::INTEGER) AS unknown_language_share,
    avg(is_truncated::INTEGER) AS truncated_share,
    avg(is_paywalled::INTEGER) AS paywalled_share,
    any_value(t.mentions) AS mentions,
    any_value(d.dates) AS dates
FROM versions
JOIN tags AS t USING (is_now)
JOIN days AS d USING (is_now)
GROUP BY is_now
ORDER BY is_now;
