-- Subscribed feeds that want a look, a row a trouble, the worst first. What a poll can tell stands
-- in the open alarms; slowness shows only over many polls: half of a week's answers took more than
-- 5 seconds.
WITH troubles AS (
    SELECT
        feed_url,
        CASE state WHEN 'gone' THEN 'gone' ELSE 'failing' END AS trouble,
        CASE state WHEN 'gone' THEN 'the publisher says it is gone; asked once a week'
            ELSE consecutive_failures || CASE consecutive_failures WHEN 1 THEN ' poll'
                ELSE ' polls in a row' END || ' without a usable answer'
                || coalesce(', since ' || strftime(failing_since, '%Y-%m-%d %H:%M'), '') END
            || coalesce(': ' || last_error, '') AS detail
    FROM ops.feeds
    WHERE state IN ('failing', 'gone') OR consecutive_failures > 0
    UNION ALL
    SELECT subject, substr(kind, 6), detail
    FROM ops.alarms
    WHERE cleared_at IS NULL AND starts_with(kind, 'feed_')
        AND kind NOT IN ('feed_failing', 'feed_gone')
    UNION ALL
    SELECT f.feed_url, 'slow', 'half of its answers took more than '
        || round(median(x.elapsed_ms) / 1000.0, 1) || ' seconds over the last week'
    FROM ops.feeds AS f
    JOIN raw.fetches AS x ON x.url = coalesce(f.address, f.feed_url)
    WHERE x.kind = 'feed' AND x.status IS NOT NULL
        AND x.started_at >= (SELECT max(last_polled_at) - INTERVAL 7 DAY FROM ops.feeds)
    GROUP BY f.feed_url
    HAVING median(x.elapsed_ms) > 5000 AND count(*) >= 3
)
SELECT
    t.trouble, t.detail, f.feed_url, f.title, f.state, f.consecutive_failures, f.last_status,
    f.last_error, f.last_polled_at, f.next_poll_at
FROM troubles AS t
JOIN ops.feeds AS f USING (feed_url)
WHERE f.is_subscribed
ORDER BY list_position(
    ['gone', 'failing', 'lying', 'moved', 'silent', 'missing_entries', 'slow'], t.trouble),
    f.consecutive_failures DESC, f.feed_url;
