-- The document an entry's state stood in is of a feed, and of the run that first saw the state.
SELECT
    'entry ' || e.entry_id AS subject,
    CASE
        WHEN p.page_id IS NULL THEN 'the document ' || e.page_id || ' is not in raw.pages'
        WHEN p.kind <> 'feed' THEN 'the document ' || e.page_id || ' is a ' || p.kind
        ELSE 'the document ' || e.page_id || ' is of run ' || p.run_id || ', not ' || e.run_id
    END AS detail
FROM raw.entries AS e
LEFT JOIN raw.pages AS p USING (page_id)
WHERE e.page_id IS NOT NULL
    AND (p.page_id IS NULL OR p.kind <> 'feed' OR p.run_id <> e.run_id);
