-- feeds.toml is the truth on what is subscribed; what was learned of a feed stays.
-- `subscribed` has a row a subscription.
UPDATE ops.feeds SET is_subscribed = false
WHERE is_subscribed AND feed_url NOT IN (SELECT url FROM subscribed);

UPDATE ops.feeds SET is_subscribed = true
WHERE NOT is_subscribed AND feed_url IN (SELECT url FROM subscribed);

UPDATE ops.feeds AS f SET title = s.title
FROM subscribed AS s
WHERE f.feed_url = s.url AND s.title IS NOT NULL AND f.title IS DISTINCT FROM s.title;

UPDATE ops.feeds AS f SET tags = s.tags
FROM subscribed AS s
WHERE f.feed_url = s.url AND f.tags IS DISTINCT FROM s.tags;

INSERT INTO ops.feeds (feed_url, title, tags, state, consecutive_failures, is_subscribed)
SELECT s.url, s.title, s.tags, 'active', 0, true
FROM subscribed AS s
WHERE s.url NOT IN (SELECT feed_url FROM ops.feeds);

-- Nobody waits for a feed that is no longer asked for.
UPDATE ops.alarms SET cleared_at = $now
WHERE cleared_at IS NULL AND starts_with(kind, 'feed_')
    AND subject NOT IN (SELECT url FROM subscribed);
