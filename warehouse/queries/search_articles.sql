-- Articles that match the words, best first; each filter is off while its parameter is NULL.
-- An article without a publication date is filtered by when it was first seen.
WITH named AS (
    SELECT DISTINCT m.article_id
    FROM core.mentions AS m
    JOIN core.entities AS e USING (entity_id)
    JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
    WHERE main.search_key(m.surface) = main.search_key($entity::VARCHAR)
        OR main.search_key(e.name) = main.search_key($entity::VARCHAR)
)
SELECT
    round(s.score, 3) AS score, a.published_at, a.source, a.title, s.snippet, a.article_id,
    a.language, a.url
FROM main.search($words) AS s
JOIN main.articles AS a USING (article_id)
WHERE ($since IS NULL OR coalesce(a.published_at, a.first_seen_at) >= $since::TIMESTAMPTZ)
    AND ($until IS NULL OR coalesce(a.published_at, a.first_seen_at) < $until::TIMESTAMPTZ)
    AND ($source IS NULL
        OR a.source = lower($source) OR ends_with(lower($source), '.' || a.source))
    AND ($language IS NULL OR a.language = lower($language))
    AND ($entity IS NULL OR a.article_id IN (SELECT article_id FROM named))
ORDER BY s.score DESC, a.article_id
LIMIT $limit;
