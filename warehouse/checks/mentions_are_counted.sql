-- What is counted with every load is what counting everything gives.
WITH named AS (
    SELECT m.entity_id, list_sort(list_distinct(list(m.surface))) AS aliases,
        count(*) AS mention_count, count(DISTINCT m.article_id) AS article_count,
        min(a.first_seen_at) AS first_seen_at, max(a.first_seen_at) AS last_seen_at
    FROM core.mentions AS m
    JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
    GROUP BY m.entity_id
)
SELECT e.entity_id AS subject,
    'said to be named ' || e.mention_count || ' times, is '
        || coalesce(n.mention_count, 0) || ' times; or since when, or how, is not as counted' AS detail
FROM core.entities AS e
LEFT JOIN named AS n USING (entity_id)
WHERE (e.aliases, e.mention_count, e.article_count, e.first_seen_at, e.last_seen_at)
    IS DISTINCT FROM (coalesce(n.aliases, []), coalesce(n.mention_count, 0),
        coalesce(n.article_count, 0), n.first_seen_at, n.last_seen_at);
