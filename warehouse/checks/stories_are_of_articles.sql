-- Stories are of the articles there are, called by the one published first, and made of their words.
SELECT 'lead ' || e.article_id AS subject,
    CASE
        WHEN a.article_id IS NULL THEN 'is not there'
        WHEN a.duplicate_of IS NOT NULL THEN 'repeats ' || a.duplicate_of
        WHEN a.version <> e.version THEN 'has words of version ' || e.version
        ELSE 'says it was published at ' || coalesce(e.published_at::VARCHAR, 'no known time')
    END AS detail
FROM core.event_leads AS e
LEFT JOIN core.articles AS a USING (article_id)
LEFT JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
WHERE a.article_id IS NULL
    OR a.duplicate_of IS NOT NULL
    OR a.version <> e.version
    OR v.published_at IS DISTINCT FROM e.published_at
UNION ALL
SELECT 'article ' || article_id, 'is not grouped with what tells of the same'
FROM core.articles ANTI JOIN core.event_leads USING (article_id)
WHERE duplicate_of IS NULL
UNION ALL
SELECT 'lead ' || article_id, count(*) || ' rows'
FROM core.event_leads GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'word ' || key || ' of article ' || article_no, 'nobody has this number'
FROM core.event_words ANTI JOIN core.event_leads USING (article_no)
UNION ALL
SELECT 'key ' || key || ' of article ' || article_no, 'the article does not have this word'
FROM core.event_keys ANTI JOIN core.event_words USING (key, article_no)
UNION ALL
SELECT 'word ' || key || ' of period ' || period,
    'is counted ' || coalesce(c.held, 0) || ' times of ' || coalesce(n.held, 0)
    || ', with those before ' || coalesce(c.held_by, 0) || ' of ' || coalesce(n.held_by, 0)
FROM core.event_counts AS c
FULL JOIN (
    SELECT period, key, count(*) AS held, sum(count(*)) OVER (PARTITION BY key ORDER BY period) AS held_by
    FROM core.event_words JOIN core.event_leads USING (article_no)
    WHERE period IS NOT NULL
    GROUP BY period, key
) AS n USING (period, key)
WHERE c.held IS DISTINCT FROM n.held OR c.held_by IS DISTINCT FROM n.held_by
UNION ALL
SELECT 'pair ' || p.article_id || ' ' || p.other_id,
    CASE WHEN p.article_id >= p.other_id THEN 'is not in order' ELSE 'one of them is no lead' END
FROM core.event_pairs AS p
LEFT JOIN core.event_leads AS a ON a.article_id = p.article_id
LEFT JOIN core.event_leads AS b ON b.article_id = p.other_id
WHERE p.article_id >= p.other_id OR a.article_id IS NULL OR b.article_id IS NULL
UNION ALL
SELECT 'pair ' || article_id || ' ' || other_id, count(*) || ' rows'
FROM core.event_pairs GROUP BY article_id, other_id HAVING count(*) > 1
UNION ALL
SELECT 'story ' || s.story_id, 'is not called by its first article, ' || f.first_id
FROM core.event_stories AS s
JOIN (
    SELECT story_id, arg_min(e.article_id, (e.published_at, e.article_id)) AS first_id
    FROM core.event_stories AS o JOIN core.event_leads AS e ON e.article_id = o.original_id
    GROUP BY story_id
) AS f ON f.story_id = s.story_id
WHERE s.story_id <> f.first_id AND s.is_central
UNION ALL
SELECT 'story ' || story_id,
    CASE WHEN count(*) < 2 THEN 'has one original only'
        WHEN count(DISTINCT original_id) < count(*) THEN 'has an original twice'
        ELSE count(*) FILTER (is_central) || ' of its originals are central' END
FROM core.event_stories
GROUP BY story_id
HAVING count(*) < 2 OR count(DISTINCT original_id) < count(*)
    OR count(*) FILTER (is_central) <> 1
UNION ALL
SELECT 'original ' || original_id, 'is of a story but not there'
FROM core.event_stories AS s
WHERE original_id NOT IN (SELECT article_id FROM core.event_leads)
UNION ALL
SELECT 'article ' || a.article_id,
    'is of story ' || a.story_id || ', its original of '
    || coalesce(s.story_id, a.duplicate_of, a.article_id)
FROM core.articles AS a
LEFT JOIN core.event_stories AS s ON s.original_id = coalesce(a.duplicate_of, a.article_id)
WHERE a.story_id <> coalesce(s.story_id, a.duplicate_of, a.article_id);
