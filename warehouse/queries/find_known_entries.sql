-- What is known of these entries, to decide whether they are new, changed or the same.
SELECT entry_id, fingerprint, article_id, due_at
FROM core.entries
WHERE entry_id IN (SELECT unnest($entry_ids));
