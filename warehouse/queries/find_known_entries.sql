-- The entries that any of the items in `wanted` might be: of the same feed, with its id, its guid,
-- its address, its title or its date. First the feeds' own entries, by the columns compared alone, then one
-- join a column: joined by OR, millions of entries would be compared with each item. Of many that
-- share a guid, address or title (a column called "News in brief") the newest are enough.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT rowid AS row_id, entry_id, feed_url, guid, url_id, title, published_at, first_seen_at
FROM core.entries
WHERE feed_url IN (SELECT feed_url FROM wanted);

CREATE OR REPLACE TEMP TABLE reached AS
WITH alike AS (
    SELECT row_id, first_seen_at, feed_url, 'guid' AS what, guid AS word
    FROM candidates SEMI JOIN wanted USING (feed_url, guid)
    UNION ALL
    SELECT row_id, first_seen_at, feed_url, 'url', url_id
    FROM candidates SEMI JOIN wanted USING (feed_url, url_id)
    UNION ALL
    SELECT row_id, first_seen_at, feed_url, 'title', title
    FROM candidates SEMI JOIN wanted USING (feed_url, title)
    UNION ALL
    SELECT row_id, first_seen_at, feed_url, 'date', published_at::VARCHAR
    FROM candidates SEMI JOIN wanted USING (feed_url, published_at)
)
SELECT row_id FROM candidates SEMI JOIN wanted USING (entry_id)
UNION
SELECT row_id FROM (
    FROM alike
    QUALIFY row_number() OVER (
        PARTITION BY feed_url, what, word ORDER BY first_seen_at DESC, row_id DESC) <= $newest
);

DROP TABLE candidates;

SELECT entry_id, feed_url, guid, url, title, published_raw, published_at, fingerprint,
    article_id, due_at
FROM core.entries
WHERE rowid IN (SELECT row_id FROM reached)
ORDER BY first_seen_at, entry_id;
