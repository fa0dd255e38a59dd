-- Subscribed feeds and how polling them goes.
SELECT feed_url, title, state, last_polled_at, next_poll_at, interval_s
FROM ops.feeds
WHERE is_subscribed
ORDER BY feed_url;
