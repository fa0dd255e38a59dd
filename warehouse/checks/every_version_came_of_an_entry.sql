-- A page is asked for because a feed named its address, and not before.
SELECT
    'article ' || v.article_id || ' version ' || v.version AS subject,
    CASE WHEN e.url IS NULL THEN 'no feed ever named ' || p.url
        ELSE 'its page was fetched ' || p.fetched_at || ', first named ' || e.first_at END AS detail
FROM core.versions AS v
JOIN raw.pages AS p USING (page_id)
LEFT JOIN (
    SELECT url, min(seen_at) AS first_at FROM raw.entries WHERE url IS NOT NULL GROUP BY url
) AS e ON e.url = p.url
WHERE e.url IS NULL OR e.first_at > p.fetched_at;
