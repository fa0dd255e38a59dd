-- An article's versions, oldest first, each with the page it was made of.
SELECT
    v.version, v.change, v.seen_from, v.seen_until, v.title, v.text, v.word_count,
    v.text_sha256, v.extractor, v.tagger, v.run_id, v.page_id, p.fetched_at, p.final_url,
    p.status, p.body_bytes, p.sha256, p.warc_file, p.warc_offset, p.warc_length
FROM core.versions AS v
LEFT JOIN raw.pages AS p USING (page_id)
WHERE v.article_id = $article_id
ORDER BY v.version;
