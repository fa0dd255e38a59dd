-- Of the items in `wanted` those that are entries we were told to forget, and which: by their id, by
-- the hash of a guid made for one item, or by their address, in this order.
SELECT DISTINCT ON (item_id) item_id, entry_id
FROM (
    SELECT w.entry_id AS item_id, e.entry_id, 1 AS rank
    FROM wanted AS w
    JOIN core.entries AS e ON e.entry_id = w.entry_id AND e.feed_url = w.feed_url
    WHERE e.outcome = 'forgotten'
        AND (w.guid_id IS NOT NULL OR w.guid IS NULL OR w.url_id = e.url_id)
    UNION ALL
    SELECT w.entry_id, e.entry_id, 2
    FROM wanted AS w
    JOIN core.tombstones AS t ON t.kind = 'guid' AND t.key = w.guid_id
    JOIN core.tombstones AS s ON s.kind = 'entry' AND s.article_id = t.article_id
    JOIN core.entries AS e ON e.entry_id = s.key AND e.feed_url = w.feed_url
    WHERE e.outcome = 'forgotten'
    UNION ALL
    SELECT w.entry_id, e.entry_id, 3
    FROM wanted AS w
    JOIN core.entries AS e ON e.url_id = w.url_id AND e.feed_url = w.feed_url
    WHERE e.outcome = 'forgotten'
)
ORDER BY item_id, rank, entry_id;
