-- The entries met in a batch of polled feeds (`polled`, see load_feeds) and their outcomes.
-- A new or changed entry is queued (due_at = now) with the outcome `deferred`, which its page's
-- load replaces: so the counts add up at every moment, a crash included.
CREATE OR REPLACE TEMP TABLE met AS
SELECT * FROM (SELECT unnest(entries, recursive := true), feed_url FROM polled)
QUALIFY row_number() OVER (PARTITION BY entry_id ORDER BY feed_url) = 1;

-- Two subscriptions may lead to one feed: its entries enter the run with the first of them.
DELETE FROM met
WHERE entry_id IN (SELECT entry_id FROM ops.outcomes WHERE run_id = $run_id);

-- What was forgotten enters without a word of it and leaves as such; the document it stands in is
-- redacted, and the entry is known again by what names it here.
CREATE OR REPLACE TEMP TABLE barred AS
WITH items AS (SELECT unnest(entries, recursive := true), feed_url FROM polled)
SELECT DISTINCT ON (i.feed_url, i.entry_id) i.entry_id, i.guid, i.feed_url, t.article_id, t.reason
FROM (
    SELECT *, 'url' AS sign, url_id AS key FROM items
    UNION ALL
    SELECT *, 'entry', entry_id FROM items
) AS i
JOIN core.tombstones AS t ON t.kind = i.sign AND t.key = i.key
ORDER BY i.feed_url, i.entry_id, t.article_id;

INSERT INTO core.tombstones
SELECT DISTINCT ON (k.kind, k.key) k.kind, k.key, k.article_id, $now, k.reason, 'ingest'
FROM (
    SELECT 'entry' AS kind, entry_id AS key, article_id, reason FROM barred
    UNION ALL
    SELECT 'guid', sha256(feed_url || ' ' || guid)[:32], article_id, reason
    FROM barred WHERE guid IS NOT NULL
) AS k
ANTI JOIN core.tombstones USING (kind, key)
ORDER BY k.kind, k.key, k.article_id;

INSERT INTO ops.redactions
SELECT p.page_id, p.kind, p.fetched_at, p.warc_file, p.warc_offset, p.warc_length, $now, NULL
FROM (SELECT unnest(pages) AS p FROM polled SEMI JOIN barred USING (feed_url));

UPDATE met
SET guid = NULL, url = NULL, title = NULL, published_raw = NULL, published_at = NULL,
    updated_raw = NULL, authors = [], summary = NULL, content_html = NULL, is_due = false,
    outcome = 'forgotten', reason = NULL, detail = NULL, merge_id = NULL
WHERE entry_id IN (SELECT entry_id FROM barred);

-- Servers that do not agree on guids answer in turn: that is told once, not at every poll.
UPDATE met AS m SET merge_id = NULL
FROM core.entry_merges AS k
WHERE m.merge_id IS NOT NULL AND k.entry_id = m.entry_id AND k.split_at IS NULL
    AND k.was_guid IS NOT DISTINCT FROM m.was_guid AND k.now_guid IS NOT DISTINCT FROM m.guid
    AND k.was_url IS NOT DISTINCT FROM m.was_url AND k.now_url IS NOT DISTINCT FROM m.url;

INSERT INTO raw.entries
SELECT entry_id, $run_id, $now, feed_url, guid, url, title, published_raw, updated_raw,
    authors, summary, content_html, fingerprint, page_id
FROM met WHERE is_stated OR merge_id IS NOT NULL;

INSERT INTO core.entry_merges
SELECT merge_id, entry_id, feed_url, $run_id, $now, merge_reason, evidence, was_guid, was_url,
    was_title, guid, url, title, NULL
FROM met WHERE merge_id IS NOT NULL;

-- What moved is the article we have, at another address: without this its page would become a
-- second article. An address that belongs to an article already stays with it.
INSERT INTO core.article_urls
SELECT DISTINCT ON (m.url_id) m.url_id, e.article_id, m.url, m.merge_id, $run_id
FROM met AS m
JOIN core.entries AS e ON e.entry_id = m.entry_id
WHERE m.merge_id IS NOT NULL AND e.article_id IS NOT NULL
    AND m.url_id IS NOT NULL AND m.url_id IS DISTINCT FROM e.url_id
    AND NOT EXISTS (SELECT 1 FROM core.article_urls AS k WHERE k.url_id = m.url_id)
ORDER BY m.url_id, m.entry_id;

-- A new entry whose address leads to an article we have is known at once, without a fetch.
CREATE OR REPLACE TEMP TABLE settled AS
SELECT
    m.* EXCLUDE (outcome),
    CASE WHEN m.is_new AND m.is_due AND u.article_id IS NOT NULL THEN 'known'
        WHEN m.is_due THEN 'deferred' ELSE m.outcome END AS outcome,
    CASE WHEN m.is_due AND NOT (m.is_new AND u.article_id IS NOT NULL)
        THEN $now::TIMESTAMPTZ END AS due_at,
    CASE WHEN m.is_new THEN u.article_id END AS article_id,
    nullif(length(m.content_html), 0)::INTEGER AS carried_chars
FROM met AS m
LEFT JOIN core.article_urls AS u ON u.url_id = m.url_id;

INSERT INTO core.entries
SELECT entry_id, feed_url, guid, url, url_id, title, published_raw, published_at, authors,
    fingerprint, $now, $run_id, outcome, reason, detail, article_id, NULL, 0, due_at,
    carried_chars
FROM settled WHERE is_new;

-- An entry recognised under another guid, or dated anew, that says nothing new keeps its place in
-- the queue. Its date is kept all the same: what the next one is compared with is the last.
UPDATE core.entries AS e
SET guid = s.guid, url = s.url, url_id = s.url_id, title = s.title,
    published_raw = s.published_raw, published_at = s.published_at, authors = s.authors,
    fingerprint = s.fingerprint, carried_chars = s.carried_chars,
    outcome = CASE WHEN s.is_stated THEN s.outcome ELSE e.outcome END,
    reason = CASE WHEN s.is_stated THEN s.reason ELSE e.reason END,
    detail = CASE WHEN s.is_stated THEN s.detail ELSE e.detail END,
    attempts = CASE WHEN s.is_stated THEN 0 ELSE e.attempts END,
    due_at = CASE WHEN s.is_stated THEN s.due_at ELSE e.due_at END
FROM settled AS s
WHERE e.entry_id = s.entry_id AND NOT s.is_new
    AND (s.is_stated OR s.merge_id IS NOT NULL
        OR e.published_raw IS DISTINCT FROM s.published_raw);

INSERT INTO ops.outcomes
SELECT $run_id, entry_id, outcome, reason, detail FROM settled;

UPDATE ops.runs
SET entries_seen = entries_seen + (SELECT count(*) FROM met),
    entries_new = entries_new + (SELECT count(*) FROM met WHERE is_new)
WHERE run_id = $run_id;
