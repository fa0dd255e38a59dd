-- Subscribed feeds that are due, never polled first.
SELECT feed_url, title, format, state, etag, last_modified, validators_url, body_sha256,
    last_polled_at, last_new_at, next_poll_at, interval_s, consecutive_failures, last_status,
    last_error, address, move_target, move_sightings, move_first_seen_at, lied_at, failing_since,
    floor_s, arrivals, arrivals_since, arrivals_as_of, newest_entry_at, missed_estimate, silent_at,
    window_entries, skip_hours, skip_days
FROM ops.feeds
WHERE is_subscribed AND state <> 'paused'
    AND ($feed_urls IS NULL OR list_contains($feed_urls, feed_url))
    AND ($all OR next_poll_at IS NULL OR next_poll_at <= $now)
ORDER BY last_polled_at NULLS FIRST, feed_url;
