-- What is usual of each source, from its last twelve weeks; alarms compare the present with it.
-- Learned once a day: it reads a row an article of that time. No text is read.
-- A feed that is new brings its whole window at once: its first hours say nothing of its rhythm,
-- nor of how late its articles come.
CREATE OR REPLACE TEMP TABLE arrived AS
SELECT * FROM (
    SELECT
        a.source, a.feed_url, a.first_seen_at, v.language, ln(1 + v.word_count) AS words,
        v.published_at IS NULL AS is_undated, len(v.authors) = 0 AS is_unsigned,
        v.section IS NULL AS is_unsectioned, v.is_truncated,
        regexp_matches(v.extractor, '^(feed-|json-ld/|paragraphs/)') AS is_fallback,
        epoch(v.seen_from) - epoch(v.published_at) AS lag_s,
        row_number() OVER (PARTITION BY a.source ORDER BY a.first_seen_at DESC) AS newness,
        min(a.first_seen_at) OVER (PARTITION BY a.feed_url) AS feed_began_at
    FROM core.articles AS a
    JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = 1
    WHERE a.first_seen_at >= $now::TIMESTAMPTZ - INTERVAL 84 DAY
        AND v.seen_from >= $now::TIMESTAMPTZ - INTERVAL 84 DAY
)
WHERE first_seen_at >= feed_began_at + INTERVAL 6 HOUR
    OR feed_began_at < $now::TIMESTAMPTZ - INTERVAL 77 DAY;

-- Sources that brought nothing since they were last looked at stay as they were: their silence is
-- not what is usual of them.
CREATE OR REPLACE TEMP TABLE known AS
SELECT
    source, count(*) AS articles, min(first_seen_at) AS since, max(first_seen_at) AS last_at,
    list_sort(list(DISTINCT feed_url)) AS feed_urls, coalesce(mode(language), '?') AS language,
    (epoch(max(first_seen_at)) - epoch(min(first_seen_at))) / 604800 AS weeks
FROM arrived AS a
GROUP BY source
HAVING NOT EXISTS (
    SELECT 1 FROM ops.source_norms AS n WHERE n.source = a.source AND n.last_at >= max(first_seen_at));

-- Articles expected in each hour of the week: the week's, shared out by hour and by weekday, each
-- smoothed by half an article, so that a night nobody ever wrote in is quiet and not forbidden.
CREATE OR REPLACE TEMP TABLE shaped AS
WITH grid AS (SELECT d, h FROM range(7) AS days (d), range(24) AS hours (h)),
hours AS (
    SELECT source, extract(hour FROM first_seen_at) AS h, count(*) AS n FROM arrived GROUP BY ALL),
days AS (
    SELECT source, extract(isodow FROM first_seen_at) - 1 AS d, count(*) AS n
    FROM arrived GROUP BY ALL),
rates AS (
    SELECT
        k.source, g.d * 24 + g.h AS hour,
        k.articles / k.weeks * (coalesce(h.n, 0) + 0.5) / (k.articles + 12)
            * (coalesce(d.n, 0) + 0.5) / (k.articles + 3.5) AS rate,
        g.d >= 5 AS is_weekend
    FROM known AS k
    CROSS JOIN grid AS g
    LEFT JOIN hours AS h ON h.source = k.source AND h.h = g.h
    LEFT JOIN days AS d ON d.source = k.source AND d.d = g.d
    WHERE k.articles >= 10 AND k.weeks >= 2
)
SELECT
    source, list_prepend(0.0, list(expected ORDER BY hour)) AS expected,
    sum(rate) FILTER (is_weekend) / sum(rate) < 0.14 AS rests_on_weekends
FROM (
    SELECT *, sum(rate) OVER (PARTITION BY source ORDER BY hour) AS expected FROM rates
)
GROUP BY source;

-- How long a source waits at most, on its own clock: one that runs as fast as it publishes. On it a
-- source without bursts waits as a Poisson process does; bursts make the tail longer. The tail
-- beyond the 80th percentile is taken for exponential (peaks over threshold), a few waits of a
-- Poisson process added, and carried on to where a wait is as rare as false alarms are to be.
CREATE OR REPLACE TEMP TABLE tails AS
WITH waits AS (
    SELECT
        source,
        expected_until(expected, moment) - expected_until(
            expected, lag(moment) OVER (PARTITION BY source ORDER BY moment)) AS wait
    FROM (SELECT DISTINCT source, time_bucket(INTERVAL 15 MINUTE, first_seen_at) AS moment FROM arrived)
    JOIN shaped USING (source)
),
marks AS (
    SELECT source, quantile_cont(wait, 0.8) AS mark, count(wait) AS waits, max(wait) AS longest
    FROM waits GROUP BY source
)
SELECT
    m.source, any_value(m.mark) AS mark, any_value(m.waits) AS waits,
    any_value(m.longest) AS longest,
    (sum(w.wait - m.mark) + 3) / (count(*) + 3) AS scale, count(*) AS beyond
FROM marks AS m
JOIN waits AS w ON w.source = m.source AND w.wait > m.mark
GROUP BY m.source;

CREATE OR REPLACE TEMP TABLE pasts AS
WITH past AS (
    SELECT *, CASE WHEN lag_s BETWEEN 0 AND 604800 THEN lag_s END AS fair_lag_s
    FROM arrived WHERE newness > $drift_articles
)
SELECT
    coalesce(source, 'all') AS source, count(*) AS articles, median(words) AS words_log,
    greatest(1.4826 * mad(words), 0.05) AS words_spread,
    count_if(is_unsigned) AS unsigned, count_if(is_undated) AS undated,
    count_if(is_unsectioned) AS unsectioned, count_if(is_fallback) AS fallback,
    count_if(is_truncated) AS truncated,
    median(fair_lag_s) AS lag_s, 1.4826 * mad(fair_lag_s) AS lag_spread_s
FROM past
GROUP BY GROUPING SETS ((source), ());

CREATE OR REPLACE TEMP TABLE learned AS
SELECT
    k.source, $now::TIMESTAMPTZ AS as_of, k.last_at, k.feed_urls, k.articles,
    k.language || CASE WHEN s.rests_on_weekends THEN ' rests on weekends' ELSE '' END AS cohort,
    s.expected,
    -- A scale measured on few waits may be too short by chance; the longest wait is no alarm.
    greatest(
        t.mark + t.scale * (1 + 1 / sqrt(t.beyond + 3))
            * ln(greatest(0.2 * t.waits * 52 / k.weeks / $false_a_year, 2)),
        1.25 * t.longest) AS silent_after,
    coalesce(p.articles, 0) AS past_count, p.words_log, p.words_spread,
    coalesce(p.unsigned, 0) AS unsigned, coalesce(p.undated, 0) AS undated,
    coalesce(p.unsectioned, 0) AS unsectioned, coalesce(p.fallback, 0) AS fallback,
    coalesce(p.truncated, 0) AS truncated, p.lag_s, p.lag_spread_s
FROM known AS k
LEFT JOIN shaped AS s USING (source)
LEFT JOIN tails AS t USING (source)
LEFT JOIN pasts AS p USING (source)
UNION ALL
SELECT
    'all', $now, coalesce((SELECT max(last_at) FROM known), $now), [], articles, 'all', NULL, NULL,
    articles, words_log, words_spread, unsigned, undated, unsectioned, fallback, truncated,
    lag_s, lag_spread_s
FROM pasts WHERE source = 'all' AND articles > 0;

DELETE FROM ops.source_norms WHERE source IN (SELECT source FROM learned);

INSERT INTO ops.source_norms FROM learned;
