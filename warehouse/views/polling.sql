CREATE OR REPLACE VIEW main.feeds AS
SELECT
    f.feed_url, f.title, f.format, f.state, f.last_polled_at, f.last_new_at,
    f.next_poll_at, f.interval_s, f.consecutive_failures, f.last_status, f.last_error,
    coalesce(e.entries_total, 0) AS entries_total, f.missed_estimate, f.is_subscribed,
    f.address, coalesce(f.tags, []) AS tags, f.floor_s, f.lied_at, f.silent_at, f.failing_since,
    f.newest_entry_at
FROM ops.feeds AS f
LEFT JOIN (
    SELECT feed_url, count(*) AS entries_total FROM core.entries GROUP BY feed_url
) AS e USING (feed_url);
COMMENT ON VIEW main.feeds IS 'Subscriptions and how polling them goes.';

CREATE OR REPLACE VIEW main.entries AS
SELECT
    entry_id, feed_url, guid, url, title, published_at, first_seen_at, outcome, article_id,
    reason, detail, attempts, due_at
FROM core.entries;
COMMENT ON VIEW main.entries IS 'Feed items and how each last left a run.';

CREATE OR REPLACE VIEW main.fetches AS
SELECT
    fetch_id, run_id, kind, url, final_url, status, outcome, error,
    started_at, elapsed_ms, received_bytes, from_cache, hops
FROM raw.fetches;
COMMENT ON VIEW main.fetches IS
    'Every HTTP question and answer; old polls that brought nothing are dropped.';

CREATE OR REPLACE VIEW main.redirects AS
SELECT
    fetch_id, run_id, kind, position,
    hops[position].url AS url, hops[position].status AS status,
    hops[position].location AS location, started_at
FROM (
    SELECT fetch_id, run_id, kind, hops, started_at, unnest(range(1, len(hops) + 1)) AS position
    FROM raw.fetches
    WHERE hops IS NOT NULL
);
COMMENT ON VIEW main.redirects IS 'Every redirect met: a row a hop, in the order of the chain.';

CREATE OR REPLACE VIEW main.pages AS
SELECT
    page_id, url, fetched_at, sha256, body_bytes AS bytes,
    warc_file, warc_offset, warc_length, content_type, charset, final_url, run_id, kind
FROM raw.pages
WHERE kind IN ('page', 'entry');
COMMENT ON VIEW main.pages IS
    'Article pages, and texts feeds carried in their place, with where the raw bytes lie.';

CREATE OR REPLACE VIEW main.entry_merges AS
SELECT
    merge_id, entry_id, feed_url, run_id, merged_at, reason, evidence,
    was_guid, was_url, was_title, now_guid, now_url, now_title, split_at
FROM core.entry_merges;
COMMENT ON VIEW main.entry_merges IS
    'Feed items taken for an entry we knew although guid or address had changed, and why.';
