-- Entries due on their own (a retry, a revisit, what a killed run left) enter this run too.
CREATE OR REPLACE TEMP TABLE taken_up AS
SELECT entry_id, due_at FROM core.entries AS e
WHERE due_at <= $now AND url IS NOT NULL
    AND ($feed_urls IS NULL OR list_contains($feed_urls, feed_url))
    AND NOT EXISTS (
        SELECT 1 FROM ops.outcomes AS o
        WHERE o.run_id = $run_id AND o.entry_id = e.entry_id);

INSERT INTO ops.outcomes
SELECT $run_id, entry_id, 'deferred', NULL, 'due since ' || due_at FROM taken_up;

UPDATE ops.runs SET entries_seen = entries_seen + (SELECT count(*) FROM taken_up)
WHERE run_id = $run_id;
