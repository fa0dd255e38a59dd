-- The HTML that feeds carried for the entries `wanted`, in the state they are in, where it is long enough
-- to be a text. Which rows first: reading every state's HTML to find a few would take minutes.
SELECT entry_id, content_html
FROM raw.entries
WHERE length(content_html) >= $min_chars AND rowid IN (
    SELECT arg_max(r.rowid, (r.seen_at, r.rowid))
    FROM raw.entries AS r
    JOIN (
        SELECT entry_id, fingerprint FROM core.entries
        WHERE carried_chars >= $min_chars
            AND entry_id IN (SELECT entry_id FROM wanted)
    ) USING (entry_id, fingerprint)
    GROUP BY entry_id
);
