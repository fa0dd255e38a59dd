-- One batch of polled feeds, in one transaction with load_entries: feed states, exchanges, pages
-- and alarms. `polled` has a row a feed asked. Most polls bring nothing: what they change of a
-- feed is updated, because deleting and inserting wide rows costs more (and a title, tags or a
-- removal from feeds.toml must not be undone by a poll).
CREATE OR REPLACE TEMP TABLE polled AS SELECT * FROM read_parquet($path);

INSERT INTO raw.fetches
SELECT e.fetch_id, $run_id, e.kind, e.url, e.final_url, e.status, e.outcome, e.error,
    e.started_at, e.elapsed_ms, e.received_bytes, e.from_cache, e.hops
FROM (SELECT unnest(exchanges) AS e FROM polled);

INSERT INTO raw.pages
SELECT p.page_id, $run_id, p.kind, p.url, p.final_url, p.fetched_at, p.status, p.sha256,
    p.body_bytes, p.content_type, p.charset, p.etag, p.last_modified,
    p.warc_file, p.warc_offset, p.warc_length
FROM (SELECT unnest(pages) AS p FROM polled);

INSERT INTO ops.feeds (feed_url, state, consecutive_failures, is_subscribed)
SELECT feed_url, state, 0, true FROM polled AS p
WHERE NOT EXISTS (SELECT 1 FROM ops.feeds AS f WHERE f.feed_url = p.feed_url);

UPDATE ops.feeds AS f
SET last_polled_at = p.last_polled_at, next_poll_at = p.next_poll_at, interval_s = p.interval_s
FROM polled AS p
WHERE p.feed_url = f.feed_url;

UPDATE ops.feeds AS f
SET title = coalesce(p.title, f.title), format = p.format, state = p.state, etag = p.etag,
    last_modified = p.last_modified, validators_url = p.validators_url,
    body_sha256 = p.body_sha256, last_new_at = p.last_new_at,
    consecutive_failures = p.consecutive_failures, last_status = p.last_status,
    last_error = p.last_error, missed_estimate = p.missed_estimate, address = p.address,
    move_target = p.move_target, move_sightings = p.move_sightings,
    move_first_seen_at = p.move_first_seen_at, lied_at = p.lied_at,
    failing_since = p.failing_since, floor_s = p.floor_s,
    newest_entry_at = p.newest_entry_at, silent_at = p.silent_at,
    window_entries = p.window_entries, skip_hours = p.skip_hours, skip_days = p.skip_days
FROM polled AS p
WHERE p.feed_url = f.feed_url
    AND (coalesce(p.title <> f.title, p.title IS NOT NULL)
        OR f.format IS DISTINCT FROM p.format
        OR f.state IS DISTINCT FROM p.state
        OR f.etag IS DISTINCT FROM p.etag
        OR f.last_modified IS DISTINCT FROM p.last_modified
        OR f.validators_url IS DISTINCT FROM p.validators_url
        OR f.body_sha256 IS DISTINCT FROM p.body_sha256
        OR f.last_new_at IS DISTINCT FROM p.last_new_at
        OR f.consecutive_failures IS DISTINCT FROM p.consecutive_failures
        OR f.last_status IS DISTINCT FROM p.last_status
        OR f.last_error IS DISTINCT FROM p.last_error
        OR f.missed_estimate IS DISTINCT FROM p.missed_estimate
        OR f.address IS DISTINCT FROM p.address
        OR f.move_target IS DISTINCT FROM p.move_target
        OR f.move_sightings IS DISTINCT FROM p.move_sightings
        OR f.move_first_seen_at IS DISTINCT FROM p.move_first_seen_at
        OR f.lied_at IS DISTINCT FROM p.lied_at
        OR f.failing_since IS DISTINCT FROM p.failing_since
        OR f.floor_s IS DISTINCT FROM p.floor_s
        OR f.newest_entry_at IS DISTINCT FROM p.newest_entry_at
        OR f.silent_at IS DISTINCT FROM p.silent_at
        OR f.window_entries IS DISTINCT FROM p.window_entries
        OR f.skip_hours IS DISTINCT FROM p.skip_hours
        OR f.skip_days IS DISTINCT FROM p.skip_days);

UPDATE ops.feeds AS f
SET arrivals = p.arrivals, arrivals_since = p.arrivals_since, arrivals_as_of = p.arrivals_as_of
FROM polled AS p
WHERE p.feed_url = f.feed_url
    AND f.arrivals_as_of IS DISTINCT FROM p.arrivals_as_of;

-- Those that hold and are not on are raised; those that are on and no longer hold are over.
CREATE OR REPLACE TEMP TABLE holding AS
SELECT DISTINCT ON (feed_url, a.kind) feed_url, a.kind AS kind, a.detail AS detail
FROM (SELECT feed_url, unnest(alarms) AS a FROM polled)
ORDER BY feed_url, a.kind, a.detail;

INSERT INTO ops.alarms (raised_at, kind, subject, detail)
SELECT $now, h.kind, h.feed_url, h.detail
FROM holding AS h
WHERE NOT EXISTS (
    SELECT 1 FROM ops.alarms AS a
    WHERE a.subject = h.feed_url AND a.kind = h.kind AND a.cleared_at IS NULL);

UPDATE ops.alarms AS a SET cleared_at = $now
WHERE a.cleared_at IS NULL AND starts_with(a.kind, 'feed_')
    AND a.subject IN (SELECT feed_url FROM polled)
    AND NOT EXISTS (
        SELECT 1 FROM holding AS h WHERE h.feed_url = a.subject AND h.kind = a.kind);

UPDATE ops.runs
SET feeds_polled = feeds_polled + (SELECT count(*) FROM polled),
    feeds_unchanged = feeds_unchanged + (SELECT count(*) FROM polled WHERE is_unchanged),
    feeds_failed = feeds_failed + (SELECT count(*) FROM polled WHERE is_failed)
WHERE run_id = $run_id;
