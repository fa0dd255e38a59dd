-- What reach_forgotten reached, but for the articles themselves: their hashes stay, no word of them.
INSERT INTO core.tombstones
SELECT kind, key, article_id, $now, reason, $command
FROM forgotten_keys ANTI JOIN core.tombstones USING (kind, key);

INSERT INTO ops.redactions
SELECT page_id, kind, fetched_at, warc_file, warc_offset, warc_length, $now, NULL
FROM raw.pages
WHERE (page_id IN (SELECT page_id FROM forgotten_pages)
        OR page_id IN (SELECT page_id FROM forgotten_documents WHERE is_certain))
    AND page_id NOT IN (SELECT page_id FROM ops.redactions);

UPDATE raw.pages
SET url = 'forgotten:' || page_id, final_url = 'forgotten:' || page_id, etag = NULL,
    last_modified = NULL
WHERE page_id IN (SELECT page_id FROM forgotten_pages);

DELETE FROM raw.usage_signals WHERE page_id IN (SELECT page_id FROM forgotten_pages);

UPDATE raw.fetches
SET url = 'forgotten:' || fetch_id, final_url = 'forgotten:' || fetch_id, error = NULL,
    hops = NULL
WHERE kind = 'page' AND (url IN (SELECT url FROM forgotten_addresses)
    OR final_url IN (SELECT url FROM forgotten_addresses)
    OR fetch_id IN (
        SELECT fetch_id FROM (SELECT fetch_id, unnest(hops) AS hop FROM raw.fetches)
        WHERE hop.url IN (SELECT url FROM forgotten_addresses)
            OR hop.location IN (SELECT url FROM forgotten_addresses)));

DELETE FROM raw.sightings
WHERE entry_id IN (SELECT entry_id FROM forgotten_entries)
    OR leader_id IN (SELECT entry_id FROM forgotten_entries)
    OR page_id IN (SELECT page_id FROM forgotten_pages)
    OR carried_page_id IN (SELECT page_id FROM forgotten_pages)
    OR asked_url IN (SELECT url FROM forgotten_addresses)
    OR same_as_url IN (SELECT url FROM forgotten_addresses);

DELETE FROM core.entry_merges
WHERE entry_id IN (SELECT entry_id FROM forgotten_entries)
    OR was_url IN (SELECT url FROM forgotten_addresses)
    OR now_url IN (SELECT url FROM forgotten_addresses);

UPDATE core.article_urls SET merge_id = NULL
WHERE merge_id IS NOT NULL AND merge_id NOT IN (SELECT merge_id FROM core.entry_merges);

UPDATE raw.entries
SET guid = NULL, url = NULL, title = NULL, published_raw = NULL, updated_raw = NULL,
    authors = [], summary = NULL, content_html = NULL
WHERE entry_id IN (SELECT entry_id FROM forgotten_entries)
    OR url IN (SELECT url FROM forgotten_addresses);

UPDATE core.entries
SET guid = NULL, url = NULL, title = NULL, published_raw = NULL, published_at = NULL,
    authors = [], outcome = 'forgotten', reason = NULL, detail = NULL, article_id = NULL,
    page_id = NULL, attempts = 0, due_at = NULL, carried_chars = NULL
WHERE entry_id IN (SELECT entry_id FROM forgotten_entries);

DELETE FROM ops.bugs WHERE entry_id IN (SELECT entry_id FROM forgotten_entries);

-- Details name addresses, also those of entries that led elsewhere.
UPDATE ops.outcomes AS o SET detail = NULL
WHERE detail IS NOT NULL AND (entry_id IN (SELECT entry_id FROM forgotten_entries)
    OR EXISTS (SELECT 1 FROM forgotten_addresses AS a WHERE contains(o.detail, a.url)));

UPDATE core.entries AS e SET detail = NULL
WHERE detail IS NOT NULL
    AND EXISTS (SELECT 1 FROM forgotten_addresses AS a WHERE contains(e.detail, a.url));
