-- A merge of entries, with the date the entry stated before it.
SELECT m.merge_id, m.entry_id, m.split_at, m.was_url, r.published_raw
FROM core.entry_merges AS m
LEFT JOIN raw.entries AS r ON r.entry_id = m.entry_id AND r.seen_at < m.merged_at
WHERE m.merge_id = $merge_id
ORDER BY (r.guid, r.url, r.title) IS NOT DISTINCT FROM (m.was_guid, m.was_url, m.was_title) DESC,
    r.seen_at DESC NULLS LAST
LIMIT 1;
