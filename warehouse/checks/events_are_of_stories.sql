-- Events are of the stories there are, called by the one published first, and made of their words.
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
SELECT 'story ' || article_id, 'is not grouped by event'
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
SELECT 'event ' || s.event_id, 'is not called by its first story, ' || f.first_id
FROM core.event_stories AS s
JOIN (
    SELECT event_id, arg_min(e.article_id, (e.published_at, e.article_id)) AS first_id
    FROM core.event_stories AS o JOIN core.event_leads AS e ON e.article_id = o.story_id
    GROUP BY event_id
) AS f ON f.event_id = s.event_id
WHERE s.event_id <> f.first_id AND s.is_central
UNION ALL
SELECT 'event ' || event_id,
    CASE WHEN count(*) < 2 THEN 'has one story only'
        WHEN count(DISTINCT story_id) < count(*) THEN 'has a story twice'
        ELSE count(*) FILTER (is_central) || ' of its stories are central' END
FROM core.event_stories
GROUP BY event_id
HAVING count(*) < 2 OR count(DISTINCT story_id) < count(*) OR count(*) FILTER (is_central) <> 1
UNION ALL
SELECT 'story ' || story_id, 'is of an event but nobody''s'
FROM core.event_stories AS s
WHERE story_id NOT IN (SELECT article_id FROM core.event_leads);
