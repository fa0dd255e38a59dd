-- A source has brought no article, over all its feeds, for longer than its rhythm explains. Time
-- counts up to when its feeds were last heard: what was not asked is not silent. Where each feed of
-- it has an alarm of its own (failing, gone or silent), that one says it; what is left are sources
-- whose feeds are too slow, each, to be called silent, and feeds that go on bringing entries of
-- which no article comes. Days on which all of its kind published less count less: holidays.
-- (Days by date_trunc: time_bucket takes 27 us of each.)
WITH recent AS MATERIALIZED (
    SELECT source, date_trunc('day', first_seen_at) AS day, count(*) AS articles,
        max(first_seen_at) AS last_at
    FROM core.articles
    WHERE first_seen_at >= $now::TIMESTAMPTZ - INTERVAL 21 DAY
    GROUP BY ALL
),
heard AS (
    SELECT
        n.source,
        max(CASE WHEN f.consecutive_failures = 0 THEN f.last_polled_at
            ELSE f.failing_since END) AS heard_at,
        bool_and(a.subject IS NOT NULL) AS is_told
    FROM (SELECT source, unnest(feed_urls) AS feed_url FROM ops.source_norms) AS n
    JOIN ops.feeds AS f ON f.feed_url = n.feed_url AND f.is_subscribed
    LEFT JOIN (
        SELECT DISTINCT subject FROM ops.alarms
        WHERE cleared_at IS NULL AND kind IN ('feed_failing', 'feed_gone', 'feed_silent')
    ) AS a ON a.subject = n.feed_url
    GROUP BY n.source
),
waiting AS MATERIALIZED (
    SELECT n.source, h.heard_at, greatest(n.last_at, r.last_at) AS last_at
    FROM ops.source_norms AS n
    JOIN heard AS h ON h.source = n.source AND NOT h.is_told
    LEFT JOIN (SELECT source, max(last_at) AS last_at FROM recent GROUP BY source) AS r
        ON r.source = n.source
    WHERE n.silent_after IS NOT NULL
),
-- What each cohort publishes on a weekday, and today so far.
usual AS (
    SELECT cohort, weekday, is_today, sum(articles) AS articles
    FROM (
        SELECT cohort, weekday, is_today,
            expected[ends + 1] - expected[24 * weekday + 1] AS articles
        FROM ops.source_norms
        CROSS JOIN (
            SELECT d AS weekday, false AS is_today, 24 * d + 24 AS ends FROM range(7) AS days (d)
            UNION ALL
            SELECT isodow($now::TIMESTAMPTZ) - 1, true,
                24 * (isodow($now::TIMESTAMPTZ) - 1) + hour($now::TIMESTAMPTZ)
        ) AS w
        WHERE expected IS NOT NULL
    )
    GROUP BY ALL
    HAVING count(*) >= 5 AND sum(articles) >= 20
),
came AS (
    SELECT n.cohort, r.day, sum(r.articles) AS articles
    FROM recent AS r JOIN ops.source_norms AS n USING (source)
    WHERE n.silent_after IS NOT NULL
    GROUP BY ALL
),
shares AS (
    SELECT c.cohort, c.day, least(c.articles / u.articles, 1) AS share
    FROM came AS c
    JOIN usual AS u ON u.cohort = c.cohort AND u.weekday = isodow(c.day) - 1
        AND u.is_today = (c.day = date_trunc('day', $now::TIMESTAMPTZ))
),
spans AS (
    SELECT source, heard_at, day, greatest(day, last_at) AS starts,
        least(day + INTERVAL 1 DAY, heard_at) AS ends
    FROM (
        SELECT *, unnest(range(
            date_trunc('day', greatest(last_at, heard_at - INTERVAL 400 DAY)), heard_at,
            INTERVAL 1 DAY)) AS day
        FROM waiting WHERE heard_at > last_at + INTERVAL 2 HOUR
    )
),
missing AS (
    SELECT
        p.source, p.heard_at, any_value(n.silent_after) AS silent_after,
        min(p.starts) AS last_at,
        sum(coalesce(s.share, 1) * (
            expected_until(n.expected, p.ends) - expected_until(n.expected, p.starts))) AS articles
    FROM spans AS p
    JOIN ops.source_norms AS n USING (source)
    LEFT JOIN shares AS s ON s.cohort = n.cohort AND s.day = p.day
    GROUP BY p.source, p.heard_at
)
SELECT
    'source_silent' AS kind, source AS subject,
    'no article since ' || strftime(last_at, '%Y-%m-%d %H:%M') || ' UTC; some '
        || round(articles)::INTEGER || ' were to be expected until '
        || strftime(heard_at, '%Y-%m-%d %H:%M') || ', against its rhythm'
        AS detail,
    round(articles, 1) AS measure, true AS is_raised
FROM missing
WHERE articles >= silent_after
UNION ALL
-- Until something comes it is silent, whatever is expected of it by now.
SELECT a.kind, a.subject, a.detail, a.measure, false
FROM ops.alarms AS a
JOIN waiting AS w ON w.source = a.subject
WHERE a.kind = 'source_silent' AND a.cleared_at IS NULL AND w.last_at <= a.raised_at;
