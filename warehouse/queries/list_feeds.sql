-- Subscribed feeds and how polling them goes, those in trouble first.
SELECT
    feed_url, title, state, last_polled_at, last_new_at, next_poll_at, consecutive_failures,
    last_error, entries_total, missed_estimate
FROM main.feeds
WHERE is_subscribed
ORDER BY state = 'active', consecutive_failures DESC, lower(title), feed_url;
