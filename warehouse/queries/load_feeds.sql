-- One batch of polled feeds: feed states, exchanges, entries and outcomes, in one transaction.
-- A new or changed entry is queued (due_at = now) with the outcome `deferred`, which its page's
-- load replaces: so the counts add up at every moment, a crash included.
-- (continued: `polled` has a row a feed asked, `met` a row an entry in a changed feed.)
CREATE OR REPLACE TEMP TABLE polled AS SELECT * FROM read_parquet($path);

CREATE OR REPLACE TEMP TABLE met AS
SELECT * FROM (SELECT unnest(entries, recursive := true), feed_url FROM polled)
QUALIFY row_number() OVER (PARTITION BY entry_id ORDER BY feed_url) = 1;

-- Two subscriptions may lead to one feed: its entries enter the run with the first of them.
DELETE FROM met
WHERE entry_id IN (SELECT entry_id FROM ops.outcomes WHERE run_id = $run_id);

INSERT INTO raw.fetches
SELECT e.fetch_id, $run_id, e.kind, e.url, e.final_url, e.status, e.outcome, e.error,
    e.started_at, e.elapsed_ms, e.received_bytes, e.from_cache
FROM (SELECT unnest(exchanges) AS e FROM polled);

INSERT INTO raw.pages
SELECT p.page_id, $run_id, p.kind, p.url, p.final_url, p.fetched_at, p.status, p.sha256,
    p.body_bytes, p.content_type, p.charset, p.etag, p.last_modified,
    p.warc_file, p.warc_offset, p.warc_length
FROM (SELECT page AS p FROM polled WHERE page IS NOT NULL);

INSERT INTO raw.entries
SELECT entry_id, $run_id, $now, feed_url, guid, url, title, published_raw, updated_raw,
    authors, summary, content_html, fingerprint
FROM met WHERE is_stated;

-- A new entry whose address leads to an article we have is known at once, without a fetch.
CREATE OR REPLACE TEMP TABLE settled AS
SELECT
    m.* EXCLUDE (outcome),
    CASE WHEN m.is_new AND m.is_due AND u.article_id IS NOT NULL THEN 'known'
        WHEN m.is_due THEN 'deferred' ELSE m.outcome END AS outcome,
    CASE WHEN m.is_due AND NOT (m.is_new AND u.article_id IS NOT NULL)
        THEN $now::TIMESTAMPTZ END AS due_at,
    CASE WHEN m.is_new THEN u.article_id END AS article_id
FROM met AS m
LEFT JOIN (
    SELECT url_id, min(article_id) AS article_id FROM core.article_urls GROUP BY url_id
) AS u ON u.url_id = m.url_id;

INSERT INTO core.entries
SELECT entry_id, feed_url, guid, url, url_id, title, published_raw, published_at, authors,
    fingerprint, $now, $run_id, outcome, reason, detail, article_id, NULL, 0, due_at
FROM settled WHERE is_new;

UPDATE core.entries AS e
SET guid = s.guid, url = s.url, url_id = s.url_id, title = s.title,
    published_raw = s.published_raw, published_at = s.published_at, authors = s.authors,
    fingerprint = s.fingerprint, outcome = s.outcome, reason = s.reason, detail = s.detail,
    attempts = 0, due_at = s.due_at
FROM settled AS s
WHERE e.entry_id = s.entry_id AND NOT s.is_new AND s.is_stated;

INSERT INTO ops.outcomes
SELECT $run_id, entry_id, outcome, reason, detail FROM settled;

DELETE FROM ops.feeds WHERE feed_url IN (SELECT feed_url FROM polled);

INSERT INTO ops.feeds
SELECT feed_url, title, format, state, etag, last_modified, body_sha256, last_polled_at,
    last_new_at, next_poll_at, interval_s, consecutive_failures, last_status, last_error,
    NULL, true
FROM polled;

INSERT INTO ops.alarms
SELECT $now, 'feed_' || p.state, p.feed_url, p.last_error, NULL
FROM polled AS p
WHERE p.state IN ('gone', 'failing') AND NOT EXISTS (
    SELECT 1 FROM ops.alarms AS a
    WHERE a.subject = p.feed_url AND a.kind = 'feed_' || p.state AND a.cleared_at IS NULL);

UPDATE ops.alarms SET cleared_at = $now
WHERE cleared_at IS NULL AND kind IN ('feed_gone', 'feed_failing') AND EXISTS (
    SELECT 1 FROM polled AS p WHERE p.feed_url = alarms.subject AND 'feed_' || p.state <> kind);

UPDATE ops.runs
SET feeds_polled = feeds_polled + (SELECT count(*) FROM polled),
    feeds_unchanged = feeds_unchanged + (SELECT count(*) FROM polled WHERE is_unchanged),
    feeds_failed = feeds_failed + (SELECT count(*) FROM polled WHERE is_failed),
    entries_seen = entries_seen + (SELECT count(*) FROM met),
    entries_new = entries_new + (SELECT count(*) FROM met WHERE is_new)
WHERE run_id = $run_id;
