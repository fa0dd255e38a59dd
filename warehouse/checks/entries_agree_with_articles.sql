-- An entry that became or met an article names it; one that waits for its page has an address.
SELECT
    'entry ' || entry_id AS subject,
    CASE WHEN due_at IS NOT NULL AND url IS NULL THEN 'is due, but has no url'
        WHEN outcome = 'deferred' AND due_at IS NULL THEN 'is deferred, but never due'
        ELSE 'left as ' || outcome || ', but names no article' END AS detail
FROM core.entries
WHERE (due_at IS NOT NULL AND url IS NULL)
    OR (outcome = 'deferred' AND due_at IS NULL)
    OR (outcome IN ('new', 'changed', 'known') AND article_id IS NULL);
