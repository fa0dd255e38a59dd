CREATE OR REPLACE VIEW main.duplicates AS
SELECT
    a.article_id, a.duplicate_of,
    coalesce(p.kind, 'near') AS kind,
    p.jaccard, p.containment,
    a.source <> o.source AS is_syndicated
FROM core.articles AS a
JOIN core.articles AS o ON o.article_id = a.duplicate_of
LEFT JOIN core.duplicate_pairs AS p
    ON p.article_id = least(a.article_id, o.article_id)
    AND p.other_id = greatest(a.article_id, o.article_id);
COMMENT ON VIEW main.duplicates IS
    'Articles that repeat another; jaccard and containment are NULL where the two are joined only through a third.';

CREATE OR REPLACE VIEW main.stories AS
SELECT
    v.story_id,
    any_value(v.title) FILTER (v.article_id = v.story_id) AS title,
    v.story_id AS first_article_id,
    count(*) AS article_count,
    count(DISTINCT v.source) AS source_count,
    min(v.first_seen_at) AS first_seen_at,
    max(v.first_seen_at) AS last_seen_at
FROM core.versions AS v
WHERE v.seen_until IS NULL
GROUP BY v.story_id;
COMMENT ON VIEW main.stories IS 'Articles that repeat one another, as one row; a lone article is a story of one.';
