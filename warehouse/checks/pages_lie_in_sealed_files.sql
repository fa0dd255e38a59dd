-- A running run's files are still growing; those of every other run are sealed.
SELECT
    'page ' || p.page_id AS subject,
    CASE
        WHEN f.warc_file IS NULL THEN p.warc_file || ' was never sealed'
        ELSE 'ends at byte ' || (p.warc_offset + p.warc_length) || ' of ' || p.warc_file
            || ', which has ' || f.file_bytes
    END AS detail
FROM raw.pages AS p
LEFT JOIN ops.archive_files AS f USING (warc_file)
WHERE (f.warc_file IS NULL
        AND p.run_id NOT IN (SELECT run_id FROM ops.runs WHERE state = 'running'))
    OR p.warc_offset < 0
    OR p.warc_length <= 0
    OR p.warc_offset + p.warc_length > f.file_bytes;
