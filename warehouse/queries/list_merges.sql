-- Feed items taken for an entry already known, the last first.
SELECT merge_id, entry_id, feed_url, reason, evidence, merged_at, was_guid, was_url, was_title,
    now_guid, now_url, now_title, split_at
FROM core.entry_merges
WHERE $feed_url IS NULL OR feed_url = $feed_url
ORDER BY merged_at DESC, merge_id;
