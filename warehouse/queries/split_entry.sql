-- A merge undone: what was taken for the entry since becomes an entry of its own, `fresh_id`, as it
-- stands now; the entry says again what it said before. Both pages are due. Versions stay: they
-- were seen. Merges after this one were the other item's, and go with it.
CREATE OR REPLACE TEMP TABLE undone AS
SELECT m.*, coalesce(r.fingerprint, e.fingerprint) AS was_fingerprint,
    coalesce(r.authors, []) AS was_authors, r.published_raw AS was_published_raw,
    nullif(length(r.content_html), 0)::INTEGER AS was_carried_chars
FROM core.entry_merges AS m
JOIN core.entries AS e ON e.entry_id = m.entry_id
LEFT JOIN raw.entries AS r ON r.entry_id = m.entry_id AND r.seen_at < m.merged_at
WHERE m.merge_id = $merge_id
ORDER BY (r.guid, r.url, r.title) IS NOT DISTINCT FROM (m.was_guid, m.was_url, m.was_title) DESC,
    r.seen_at DESC NULLS LAST
LIMIT 1;

CREATE OR REPLACE TEMP TABLE later AS
SELECT m.merge_id FROM core.entry_merges AS m
JOIN undone AS u ON m.entry_id = u.entry_id AND m.merged_at > u.merged_at;

DELETE FROM core.article_urls
WHERE merge_id = $merge_id OR merge_id IN (SELECT merge_id FROM later);

INSERT INTO raw.entries
SELECT $fresh_id, r.* EXCLUDE (entry_id)
FROM raw.entries AS r
JOIN core.entries AS e ON e.entry_id = r.entry_id AND e.fingerprint = r.fingerprint
WHERE r.entry_id IN (SELECT entry_id FROM undone)
ORDER BY r.seen_at DESC
LIMIT 1;

INSERT INTO core.entries
SELECT $fresh_id, e.feed_url, e.guid, e.url, e.url_id, e.title, e.published_raw, e.published_at,
    e.authors, e.fingerprint, u.merged_at, u.run_id,
    CASE WHEN e.url IS NULL THEN 'rejected' ELSE 'deferred' END,
    CASE WHEN e.url IS NULL THEN 'no_url' END,
    'split from entry ' || e.entry_id, NULL, NULL, 0,
    CASE WHEN e.url IS NOT NULL THEN $now::TIMESTAMPTZ END, e.carried_chars
FROM core.entries AS e
JOIN undone AS u ON e.entry_id = u.entry_id;

UPDATE core.entries AS e
SET guid = u.was_guid, url = u.was_url, url_id = $was_url_id, title = u.was_title,
    published_raw = u.was_published_raw, published_at = $was_published_at,
    authors = u.was_authors, fingerprint = u.was_fingerprint,
    carried_chars = u.was_carried_chars, attempts = 0,
    due_at = CASE WHEN u.was_url IS NOT NULL THEN $now::TIMESTAMPTZ END
FROM undone AS u
WHERE e.entry_id = u.entry_id;

UPDATE core.entry_merges SET entry_id = $fresh_id WHERE merge_id IN (SELECT merge_id FROM later);

UPDATE core.entry_merges SET split_at = $now WHERE merge_id = $merge_id;

-- The run that took two entries for one saw one more than it counted.
UPDATE ops.runs SET entries_new = entries_new + 1
WHERE run_id IN (SELECT run_id FROM undone);
