-- What the current version repeats of its article, for readers to find in one place.
SELECT v.article_id AS subject,
    'version ' || v.version || ' does not say of its article what core.articles says' AS detail
FROM core.versions AS v
LEFT JOIN core.articles AS a ON a.article_id = v.article_id AND a.version = v.version
WHERE (v.url, v.canonical_url, v.source, v.feed_url, v.first_seen_at, v.last_seen_at,
        v.vanished_at, v.story_id, v.duplicate_of)
    IS DISTINCT FROM (a.url, a.canonical_url, a.source, a.feed_url, a.first_seen_at, a.last_seen_at,
        a.vanished_at, a.story_id, a.duplicate_of);
