-- In the order of the archive; done (`is_done`), or still to be done.
SELECT page_id, kind, fetched_at, warc_file, warc_offset, warc_length, queued_at
FROM ops.redactions
WHERE (redacted_at IS NOT NULL) = $is_done
ORDER BY warc_file, warc_offset;
