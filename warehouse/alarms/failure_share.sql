-- Far more of the questions for article pages fail than usual: of a source, or of the whole house.
-- The last six to twelve hours are looked at, and the last day and three where these asked too little.
WITH spans AS (
    SELECT f.source, w.hours, sum(f.fetches) AS fetches, sum(f.failed) AS failed
    FROM ops.source_fetches AS f
    CROSS JOIN (VALUES (12), (30), (78)) AS w (hours)
    WHERE f.from_at > $now::TIMESTAMPTZ - to_hours(w.hours)
    GROUP BY ALL
),
usual AS (
    SELECT source, sum(fetches) AS fetches, sum(failed) AS failed
    FROM ops.source_fetches
    WHERE from_at <= $now::TIMESTAMPTZ - INTERVAL 78 HOUR
        AND from_at > $now::TIMESTAMPTZ - INTERVAL 28 DAY
    GROUP BY source
),
judged AS (
    SELECT
        s.*, s.failed / s.fetches AS share,
        -- A source nobody has asked before is thought to fail one time in twenty.
        (coalesce(u.failed, 0) + 1) / (coalesce(u.fetches, 0) + 20) AS usual
    FROM spans AS s
    LEFT JOIN usual AS u USING (source)
    WHERE s.fetches >= 5
)
SELECT
    'failure_share' AS kind, source AS subject,
    arg_max('of ' || fetches || ' questions for its pages in ' || hours || ' hours, ' || failed
        || ' failed (' || round(100 * share)::INTEGER || ' %, usually '
        || round(100 * usual)::INTEGER || ' %)', surprise(failed, fetches, usual)) AS detail,
    round(max(share), 3) AS measure,
    bool_or(share >= $failure_share AND surprise(failed, fetches, usual) >= $evidence) AS is_raised
FROM judged
WHERE share >= $failure_share / 2 AND surprise(failed, fetches, usual) >= $evidence / 2
GROUP BY source;
