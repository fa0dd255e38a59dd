-- Pages that became an article when they were fetched and that newshouse now fails on.
SELECT v.article_id, p.made_of.warc_file || '@' || p.made_of.warc_offset AS page,
    coalesce(p.bug.detail, p.detail) AS detail
FROM (
    SELECT coalesce(carried_page, page) AS made_of, bug, reason, detail
    FROM read_parquet($paths)
    WHERE bug IS NOT NULL OR reason IN ('refine_timeout', 'refine_memory')
) AS p
JOIN was.core.versions AS v ON v.page_id = p.made_of.page_id
ORDER BY v.article_id, page;
