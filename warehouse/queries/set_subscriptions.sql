-- feeds.toml is the truth on what is subscribed; what was learned of a feed stays.
UPDATE ops.feeds SET is_subscribed = false
WHERE is_subscribed AND NOT list_contains($urls, feed_url);

UPDATE ops.feeds SET is_subscribed = true
WHERE NOT is_subscribed AND list_contains($urls, feed_url);

UPDATE ops.feeds AS f SET title = s.title
FROM (SELECT unnest($urls) AS url, unnest($titles) AS title) AS s
WHERE f.feed_url = s.url AND s.title IS NOT NULL AND f.title IS DISTINCT FROM s.title;

INSERT INTO ops.feeds (feed_url, title, state, consecutive_failures, is_subscribed)
SELECT s.url, s.title, 'active', 0, true
FROM (SELECT unnest($urls) AS url, unnest($titles) AS title) AS s
WHERE s.url NOT IN (SELECT feed_url FROM ops.feeds);
