-- One batch of refined pages, in one transaction: what was asked and what came, before it is made
-- articles of. `staged` has a row a page asked for.
INSERT INTO raw.fetches
SELECT e.fetch_id, $run_id, e.kind, e.url, e.final_url, e.status, e.outcome, e.error,
    e.started_at, e.elapsed_ms, e.received_bytes, e.from_cache, e.hops
FROM (SELECT unnest(exchanges) AS e FROM staged);

INSERT INTO raw.pages
SELECT p.page_id, $run_id, p.kind, p.url, p.final_url, p.fetched_at, p.status, p.sha256,
    p.body_bytes, p.content_type, p.charset, p.etag, p.last_modified,
    p.warc_file, p.warc_offset, p.warc_length
FROM (SELECT unnest([page, carried_page]) AS p FROM staged)
WHERE p IS NOT NULL;

INSERT INTO raw.usage_signals
SELECT DISTINCT page_id, s.source, s.name, s.value
FROM (SELECT page.page_id AS page_id, unnest(signals) AS s FROM staged WHERE page IS NOT NULL);

INSERT INTO raw.sightings
SELECT $run_id, g.entry_id, s.entry_id, s.page.page_id, s.carried_page.page_id, s.asked_url,
    s.same_as.final_url,
    CASE WHEN g.entry_id = s.entry_id THEN s.hints.feed_url END,
    CASE WHEN g.entry_id = s.entry_id THEN s.hints.title END,
    CASE WHEN g.entry_id = s.entry_id THEN s.hints.published_raw END,
    CASE WHEN g.entry_id = s.entry_id THEN s.hints.published_at END,
    CASE WHEN g.entry_id = s.entry_id THEN s.hints.authors END
FROM staged AS s
JOIN (
    SELECT entry_id AS leader, unnest(list_prepend(entry_id, followers)) AS entry_id FROM staged
) AS g ON g.leader = s.entry_id
WHERE s.page IS NOT NULL OR s.carried_page IS NOT NULL OR s.same_as IS NOT NULL;

INSERT INTO ops.bugs
SELECT $run_id, entry_id, $now, bug.input, bug.detail, bug.trace FROM staged WHERE bug IS NOT NULL;
