-- The other articles of an article's story. `share` is how much of this article stands in the
-- other: a pair's containment is of the smaller text, the larger one's follows from jaccard.
SELECT
    o.article_id, o.source, o.title, o.url, o.published_at, p.kind, p.jaccard, p.containment,
    p.score, p.facts_aligned, p.facts_agreed,
    CASE
        WHEN a.word_count <= o.word_count THEN p.containment
        ELSE least(1.0, 1 / (1 + 1 / p.jaccard - 1 / p.containment))
    END AS share,
    o.source <> a.source AS is_syndicated,
    o.article_id IS NOT DISTINCT FROM a.duplicate_of AS is_original
FROM main.articles AS a
JOIN main.articles AS o ON o.story_id = a.story_id AND o.article_id <> a.article_id
LEFT JOIN core.duplicate_pairs AS p
    ON p.article_id = least(a.article_id, o.article_id)
    AND p.other_id = greatest(a.article_id, o.article_id)
WHERE a.article_id = $article_id
ORDER BY is_original DESC, share DESC NULLS LAST, o.published_at NULLS LAST, o.article_id;
