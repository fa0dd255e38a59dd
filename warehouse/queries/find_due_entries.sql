-- The pages of the entries admitted (see take_up_entries): one a page identity, so that no page is
-- asked for twice in a run. The entry that already has an article leads, so that its validators
-- are used. They are sent only to the address that gave them.
WITH ranked AS (
    SELECT *,
        row_number() OVER (
            PARTITION BY url_id ORDER BY article_id IS NULL, first_seen_at, entry_id) AS rank
    FROM core.entries
    WHERE entry_id IN (SELECT entry_id FROM admitted)
),
behind AS (
    SELECT url_id, list(entry_id ORDER BY rank) AS followers
    FROM ranked WHERE rank > 1 GROUP BY url_id
)
SELECT g.entry_id, g.feed_url, g.url, g.title, g.published_raw, g.published_at, g.authors,
    g.first_seen_at, g.attempts, coalesce(b.followers, []) AS followers, g.article_id,
    coalesce(g.carried_chars, 0) >= $min_chars AS has_carried,
    p.etag, p.last_modified, p.final_url AS validators_url
FROM ranked AS g
LEFT JOIN behind AS b ON b.url_id = g.url_id
LEFT JOIN raw.pages AS p ON p.page_id = CASE WHEN g.article_id IS NOT NULL THEN g.page_id END
WHERE g.rank = 1
ORDER BY g.first_seen_at, g.entry_id;
