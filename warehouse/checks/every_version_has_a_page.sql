SELECT
    'article ' || v.article_id || ' version ' || v.version AS subject,
    CASE WHEN p.page_id IS NULL THEN 'its page ' || v.page_id || ' is not in raw.pages'
        ELSE 'its page ' || v.page_id || ' is a ' || p.kind END AS detail
FROM core.versions AS v
LEFT JOIN raw.pages AS p USING (page_id)
WHERE p.page_id IS NULL OR p.kind NOT IN ('page', 'entry');
