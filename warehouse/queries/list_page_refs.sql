-- In the order of the file, so that it is read once from front to back.
SELECT page_id, kind, url, final_url, fetched_at, status, sha256, body_bytes, content_type,
    charset, etag, last_modified, final_url AS validators_url, warc_file, warc_offset, warc_length
FROM raw.pages
WHERE warc_file = $warc_file
ORDER BY warc_offset;
