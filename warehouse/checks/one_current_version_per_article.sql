-- The version an article calls current is there, and is the only one without an end.
SELECT
    'article ' || a.article_id AS subject,
    CASE
        WHEN v.article_id IS NULL THEN 'has no versions'
        WHEN v.open_versions <> 1 THEN v.open_versions || ' versions have no seen_until'
        ELSE 'calls version ' || a.version || ' current, but version ' || v.current
            || ' has no seen_until'
    END AS detail
FROM core.articles AS a
LEFT JOIN (
    SELECT
        article_id,
        count(*) FILTER (WHERE seen_until IS NULL) AS open_versions,
        max(version) FILTER (WHERE seen_until IS NULL) AS current
    FROM core.versions
    GROUP BY article_id
) AS v USING (article_id)
WHERE v.article_id IS NULL OR v.open_versions <> 1 OR v.current <> a.version;
