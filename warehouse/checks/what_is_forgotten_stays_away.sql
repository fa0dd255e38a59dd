-- Nothing that has a tombstone is there again, and no entry that left as forgotten says anything.
SELECT
    'article ' || article_id AS subject,
    'was forgotten, and is there' AS detail
FROM core.articles
WHERE article_id IN (SELECT key FROM core.tombstones WHERE kind = 'article')
UNION ALL
SELECT 'article ' || article_id, 'was found under an address that was forgotten'
FROM core.article_urls
WHERE url_id IN (SELECT key FROM core.tombstones WHERE kind = 'url')
UNION ALL
SELECT 'entry ' || entry_id, 'was forgotten, and still has words'
FROM core.entries
WHERE outcome = 'forgotten' AND coalesce(guid, url, title, published_raw, detail) IS NOT NULL
UNION ALL
SELECT 'entry ' || r.entry_id, 'was forgotten, and a state of it still has words'
FROM raw.entries AS r
JOIN core.tombstones AS t ON t.kind = 'entry' AND t.key = r.entry_id
WHERE coalesce(r.guid, r.url, r.title, r.summary, r.content_html) IS NOT NULL
UNION ALL
SELECT 'page ' || page_id, 'is redacted, and not in raw.pages'
FROM ops.redactions ANTI JOIN raw.pages USING (page_id);
