-- How often, since when and in which ways `recounted` entities are named, counted from the mentions.
UPDATE core.entities AS e
SET aliases = coalesce(m.aliases, []), mention_count = coalesce(m.mention_count, 0),
    article_count = coalesce(m.article_count, 0), first_seen_at = m.first_seen_at,
    last_seen_at = m.last_seen_at
FROM (
    SELECT r.entity_id, m.* EXCLUDE (entity_id)
    FROM (SELECT DISTINCT entity_id FROM recounted) AS r
    LEFT JOIN (
        SELECT m.entity_id, list_sort(list_distinct(list(m.surface))) AS aliases,
            count(*) AS mention_count, count(DISTINCT m.article_id) AS article_count,
            min(a.first_seen_at) AS first_seen_at, max(a.first_seen_at) AS last_seen_at
        FROM (FROM core.mentions SEMI JOIN recounted USING (entity_id)) AS m
        JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
        GROUP BY m.entity_id
    ) AS m USING (entity_id)
) AS m
WHERE m.entity_id = e.entity_id;
