SELECT
    'pair ' || p.article_id || ' ' || p.other_id AS subject,
    CASE
        WHEN p.article_id >= p.other_id THEN 'is not in order'
        WHEN a.article_id IS NULL OR o.article_id IS NULL THEN 'one of them is not there'
        WHEN coalesce(a.duplicate_of, a.article_id) <> coalesce(o.duplicate_of, o.article_id)
            THEN 'has two originals, ' || coalesce(a.duplicate_of, a.article_id) || ' and '
                || coalesce(o.duplicate_of, o.article_id)
        ELSE 'has shares outside 0 to 1: ' || p.jaccard || ' and ' || p.containment
    END AS detail
FROM core.duplicate_pairs AS p
LEFT JOIN core.articles AS a ON a.article_id = p.article_id
LEFT JOIN core.articles AS o ON o.article_id = p.other_id
WHERE p.article_id >= p.other_id
    OR a.article_id IS NULL
    OR o.article_id IS NULL
    OR coalesce(a.duplicate_of, a.article_id) <> coalesce(o.duplicate_of, o.article_id)
    OR NOT (p.jaccard BETWEEN 0 AND 1 AND p.containment BETWEEN 0 AND 1)
UNION ALL
SELECT 'pair ' || article_id || ' ' || other_id, count(*) || ' rows'
FROM core.duplicate_pairs
GROUP BY article_id, other_id
HAVING count(*) > 1;
