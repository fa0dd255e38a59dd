SELECT
    feed_url, title, state, consecutive_failures, last_status, last_error, last_polled_at,
    next_poll_at
FROM ops.feeds
WHERE is_subscribed AND (state IN ('failing', 'gone') OR consecutive_failures > 0)
ORDER BY state, consecutive_failures DESC, feed_url;
