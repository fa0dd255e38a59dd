CREATE OR REPLACE VIEW main.feeds AS
SELECT
    f.feed_url, f.title, f.format, f.state, f.last_polled_at, f.last_new_at,
    f.next_poll_at, f.interval_s, f.consecutive_failures, f.last_status, f.last_error,
    coalesce(e.entries_total, 0) AS entries_total, f.missed_estimate, f.is_subscribed
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
    started_at, elapsed_ms, received_bytes, from_cache
FROM raw.fetches;
COMMENT ON VIEW main.fetches IS 'Every HTTP question and answer.';

CREATE OR REPLACE VIEW main.pages AS
SELECT
    page_id, url, fetched_at, sha256, body_bytes AS bytes,
    warc_file, warc_offset, warc_length, content_type, charset, final_url, run_id
FROM raw.pages
WHERE kind = 'page';
COMMENT ON VIEW main.pages IS 'Article pages and where their raw bytes lie in the archive.';
