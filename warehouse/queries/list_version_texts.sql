-- The versions of some articles, or of all when $source and $since are NULL, as they were loaded.
SELECT v.article_id, v.version, v.title, v.text, v.language, v.published_at, v.published_raw,
    p.warc_file || '@' || p.warc_offset AS "where", v.published_offset_minutes
FROM core.versions AS v
JOIN core.articles AS a USING (article_id)
JOIN raw.pages AS p ON p.page_id = v.page_id
WHERE ($source IS NULL OR a.source = $source)
    AND ($since IS NULL OR v.seen_from >= $since::TIMESTAMPTZ)
ORDER BY v.article_id, v.version;
