-- The pages of the entries admitted (see take_up_entries): one a page identity, so that no page is
-- asked for twice in a run. The entry that already has an article leads, so that its validators
-- are used. They are sent only to the address that gave them.
WITH grouped AS (
    SELECT *,
        row_number() OVER same_page AS rank,
        list(entry_id) OVER same_page AS entry_ids
    FROM core.entries
    WHERE entry_id IN (SELECT entry_id FROM admitted)
    WINDOW same_page AS (
        PARTITION BY url_id ORDER BY article_id IS NULL, first_seen_at, entry_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT g.entry_id, g.feed_url, g.url, g.title, g.published_raw, g.published_at, g.authors,
    g.first_seen_at, g.attempts, g.entry_ids[2:] AS followers, g.article_id,
    coalesce(g.carried_chars, 0) >= $min_chars AS has_carried,
    p.etag, p.last_modified, p.final_url AS validators_url
FROM grouped AS g
LEFT JOIN raw.pages AS p ON p.page_id = g.page_id AND g.article_id IS NOT NULL
WHERE g.rank = 1
ORDER BY g.first_seen_at, g.entry_id;
