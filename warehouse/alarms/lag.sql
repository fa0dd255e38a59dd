-- The last articles of a source, or of the whole house, were seen much later after their publication
-- than usual. What is older than a week when it is first seen is an archive, not late news.
WITH late AS (
    SELECT coalesce(source, 'all') AS source, count(*) AS articles, median(lag_s) AS lag_s
    FROM (
        SELECT source, lag_s FROM lately
        WHERE lag_s BETWEEN 0 AND 604800 AND first_seen_at >= $now::TIMESTAMPTZ - INTERVAL 3 DAY
        QUALIFY row_number() OVER (PARTITION BY source ORDER BY first_seen_at DESC) <= 10
    )
    GROUP BY GROUPING SETS ((source), ())
),
compared AS (
    SELECT l.*, n.lag_s AS usual_s,
        (l.lag_s - n.lag_s) / greatest($lag_s, 4 * n.lag_spread_s) AS excess
    FROM late AS l
    JOIN ops.source_norms AS n USING (source)
    WHERE l.articles >= 5 AND n.past_count >= 40 AND n.lag_s IS NOT NULL
)
SELECT
    'lag' AS kind, source AS subject,
    'its last ' || articles || ' articles were first seen '
        || round(lag_s / 3600, 1) || ' hours after their publication in the median, usually '
        || round(usual_s / 3600, 1) AS detail,
    round(lag_s) AS measure, excess >= 1 AS is_raised
FROM compared
WHERE excess >= 0.5;
