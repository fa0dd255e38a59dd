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
    a.story_id,
    any_value(v.title) FILTER (a.article_id = a.story_id) AS title,
    a.story_id AS first_article_id,
    count(*) AS article_count,
    count(DISTINCT a.source) AS source_count,
    min(a.first_seen_at) AS first_seen_at,
    max(a.first_seen_at) AS last_seen_at
FROM core.articles AS a
JOIN core.versions AS v USING (article_id, version)
GROUP BY a.story_id;
COMMENT ON VIEW main.stories IS 'Articles that repeat one another, as one row; a lone article is a story of one.';
