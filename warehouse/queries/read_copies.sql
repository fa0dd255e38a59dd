-- What an article repeats, and what repeats the same. `share` is how much of this article stands in the
-- other: a pair's containment is of the smaller text, the larger one's follows from jaccard. One that
-- is in it through others comes with the one it repeats most surely.
WITH others AS (
    SELECT
        o.article_id, o.source, o.title, o.url, o.published_at, a.word_count AS own_count,
        o.word_count, o.source <> a.source AS is_syndicated,
        o.article_id IS NOT DISTINCT FROM a.duplicate_of AS is_original
    FROM main.articles AS a
    JOIN main.articles AS o
        ON coalesce(o.duplicate_of, o.article_id) = coalesce(a.duplicate_of, a.article_id)
        AND o.article_id <> a.article_id
    WHERE a.article_id = $article_id
),
pairs AS (
    FROM core.duplicate_pairs
    WHERE article_id IN (SELECT article_id FROM others) OR other_id IN (SELECT article_id FROM others)
),
through AS (
    FROM (
        SELECT article_id, other_id AS repeats_id, * EXCLUDE (article_id, other_id) FROM pairs
        UNION ALL
        SELECT other_id, article_id, * EXCLUDE (article_id, other_id) FROM pairs
    )
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY score DESC, repeats_id) = 1
)
SELECT
    o.article_id, o.source, o.title, o.url, o.published_at, p.kind, p.jaccard, p.containment,
    p.score, p.facts_aligned, p.facts_agreed,
    CASE
        WHEN o.own_count <= o.word_count THEN p.containment
        ELSE least(1.0, 1 / (1 + 1 / p.jaccard - 1 / p.containment))
    END AS share,
    o.is_syndicated, o.is_original,
    CASE WHEN p.kind IS NULL THEN t.repeats_id END AS through_id,
    coalesce(
        main.say_repeat(p.kind, p.containment, p.facts_aligned, p.facts_agreed),
        main.say_repeat(t.kind, t.containment, t.facts_aligned, t.facts_agreed)) AS evidence
FROM others AS o
LEFT JOIN core.duplicate_pairs AS p
    ON p.article_id = least(o.article_id, $article_id)
    AND p.other_id = greatest(o.article_id, $article_id)
LEFT JOIN through AS t ON t.article_id = o.article_id
ORDER BY o.is_original DESC, share DESC NULLS LAST, o.published_at NULLS LAST, o.article_id;
