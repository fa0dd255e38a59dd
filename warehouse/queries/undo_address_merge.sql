-- A merge undone takes its addresses back, and those of the merges that went with it.
DELETE FROM core.article_urls
WHERE merge_id = $merge_id OR merge_id IN (
    SELECT merge_id FROM core.entry_merges
    WHERE entry_id = $fresh_id AND merged_at <= $split_at);
