-- Pages to fetch: one a page identity, so that no page is asked for twice in a run. The entry
-- that already has an article leads, so that its validators are used.
WITH due AS (
    SELECT * FROM core.entries
    WHERE due_at <= $now AND url IS NOT NULL
        AND ($feed_urls IS NULL OR list_contains($feed_urls, feed_url))
),
grouped AS (
    SELECT *,
        row_number() OVER same_page AS rank,
        list(entry_id) OVER same_page AS entry_ids
    FROM due
    WINDOW same_page AS (
        PARTITION BY url_id ORDER BY article_id IS NULL, first_seen_at, entry_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT g.entry_id, g.feed_url, g.url, g.title, g.published_raw, g.published_at, g.authors,
    g.first_seen_at, g.attempts, g.entry_ids[2:] AS followers,
    CASE WHEN g.article_id IS NOT NULL THEN p.etag END AS etag,
    CASE WHEN g.article_id IS NOT NULL THEN p.last_modified END AS last_modified
FROM grouped AS g
LEFT JOIN raw.pages AS p ON p.page_id = g.page_id
WHERE g.rank = 1
ORDER BY g.first_seen_at, g.entry_id;
