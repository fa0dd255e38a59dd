-- The alarm that no run can raise: none has ended well for long. Usual is the median time between
-- the last thirty that did, or what the schedule says where that is longer; thrice that is long.
-- No row when all is well, or when no run ever ended well.
WITH last AS (
    SELECT started_at, finished_at FROM ops.runs
    WHERE flow = 'ingest' AND state LIKE 'completed%' AND finished_at IS NOT NULL
    ORDER BY started_at DESC LIMIT 30
),
usual AS (
    SELECT
        max(finished_at) AS ended_at,
        greatest(median(epoch(started_at - before_at)), $every_s) AS every_s
    FROM (SELECT *, lag(started_at) OVER (ORDER BY started_at) AS before_at FROM last)
)
SELECT
    ended_at + to_seconds(3 * every_s) AS raised_at, 'no_run' AS kind, 'all' AS subject,
    'the last run that ended well did so at ' || strftime(ended_at, '%Y-%m-%d %H:%M')
        || ' UTC; usually one starts every ' || greatest(round(every_s / 60), 1)::INTEGER
        || ' minutes: is the schedule running?' AS detail,
    round(epoch($now::TIMESTAMPTZ - ended_at)) AS measure
FROM usual
WHERE ended_at IS NOT NULL AND $now::TIMESTAMPTZ > ended_at + to_seconds(3 * every_s);
