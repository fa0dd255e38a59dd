-- An entry found under another address brings its article along (see load_entries), unless that
-- address belongs to an article already.
INSERT INTO core.article_urls
SELECT $url_id, coalesce(l.article_id, e.article_id), $url, $merge_id,
    $run_id
FROM core.entries AS e
LEFT JOIN led AS l ON l.entry_id = e.entry_id
WHERE e.entry_id = $entry_id
    AND coalesce(l.article_id, e.article_id) IN (SELECT article_id FROM core.articles)
    AND (l.article_id IS NOT NULL
        OR e.entry_id NOT IN (SELECT entry_id FROM raw.sightings))
    AND NOT EXISTS (SELECT 1 FROM core.article_urls AS k WHERE k.url_id = $url_id);
