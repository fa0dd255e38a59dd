-- Where the bytes lie that a version of an article was made of; NULL for the current one.
SELECT p.page_id, p.kind, p.url, p.final_url, p.fetched_at, p.status, p.sha256, p.body_bytes,
    p.content_type, p.charset, p.etag, p.last_modified, p.final_url AS validators_url,
    p.warc_file, p.warc_offset, p.warc_length
FROM core.versions AS v
JOIN core.articles AS a USING (article_id)
JOIN raw.pages AS p ON p.page_id = v.page_id
WHERE v.article_id = $article_id AND v.version = coalesce($version, a.version);
