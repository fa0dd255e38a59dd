-- The current versions of `touched` articles repeat what is said of their articles, see
-- warehouse/migrations/0004_reading.sql.
UPDATE core.versions AS v
SET url = a.url, canonical_url = a.canonical_url, source = a.source, feed_url = a.feed_url,
    first_seen_at = a.first_seen_at, last_seen_at = a.last_seen_at, vanished_at = a.vanished_at,
    story_id = a.story_id, duplicate_of = a.duplicate_of
FROM (FROM core.articles SEMI JOIN touched USING (article_id)) AS a
WHERE v.article_id = a.article_id AND v.version = a.version
    AND (v.url, v.canonical_url, v.source, v.feed_url, v.first_seen_at, v.last_seen_at,
        v.vanished_at, v.story_id, v.duplicate_of)
    IS DISTINCT FROM (a.url, a.canonical_url, a.source, a.feed_url, a.first_seen_at, a.last_seen_at,
        a.vanished_at, a.story_id, a.duplicate_of);
