SELECT page_id, kind, fetched_at, warc_file, warc_offset, warc_length, queued_at
FROM ops.redactions WHERE redacted_at IS NULL ORDER BY warc_file, warc_offset;
