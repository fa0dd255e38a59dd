-- What articles are compared by is of their current versions, once: by source and day keys wear, and
-- by how many keys there are it is told what is chance.
SELECT
    'sketch of ' || s.article_id AS subject,
    CASE
        WHEN s.source <> v.source THEN 'says it is of ' || s.source || ', not of ' || v.source
        ELSE 'says it was published on ' || coalesce(s.published_on::VARCHAR, 'no known day')
    END AS detail
FROM core.sketches AS s
JOIN core.versions AS v ON v.article_id = s.article_id AND v.seen_until IS NULL
WHERE s.source <> v.source
    OR s.published_on IS DISTINCT FROM
        DATE '1970-01-01' + floor(epoch(v.published_at) / 86400)::INTEGER
UNION ALL
SELECT 'sketch of ' || article_id, count(*) || ' rows'
FROM core.sketches
GROUP BY article_id
HAVING count(*) > 1
UNION ALL
SELECT 'sketch of ' || s.article_id,
    'says it has ' || s.key_count || ' keys, not ' || coalesce(k.key_count, 0)
FROM core.sketches AS s
LEFT JOIN (SELECT article_no, count(*) AS key_count FROM core.shingles GROUP BY ALL) AS k
    USING (article_no)
WHERE s.key_count IS DISTINCT FROM coalesce(k.key_count, 0)
UNION ALL
SELECT 'hot key ' || key, count(*) || ' rows' FROM core.hot_keys GROUP BY key HAVING count(*) > 1;
