-- Entries that were found under another address, in the order that was noticed.
SELECT merge_id, entry_id, run_id, merged_at, was_url, now_url, split_at
FROM core.entry_merges
WHERE now_url IS NOT NULL AND now_url IS DISTINCT FROM was_url
ORDER BY merged_at, merge_id;
