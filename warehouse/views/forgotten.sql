CREATE OR REPLACE VIEW main.tombstones AS
SELECT
    t.article_id, t.forgotten_at, t.reason,
    count(*) FILTER (k.kind = 'url') AS address_count,
    count(*) FILTER (k.kind = 'entry') AS entry_count,
    max(k.forgotten_at) FILTER (k.command = 'ingest') AS last_kept_out_at
FROM core.tombstones AS t
JOIN core.tombstones AS k USING (article_id)
WHERE t.kind = 'article'
GROUP BY ALL;
COMMENT ON VIEW main.tombstones IS
    'What was forgotten, and why; nothing of it is left but hashes, by which it is kept out.';
