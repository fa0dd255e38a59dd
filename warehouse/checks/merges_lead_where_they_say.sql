-- A merge that holds has an entry in its feed; one that was undone brought no address.
SELECT
    'merge ' || m.merge_id AS subject,
    CASE WHEN m.split_at IS NOT NULL THEN 'was undone, yet ' || u.url || ' still leads to article '
            || u.article_id
        ELSE 'is of feed ' || m.feed_url || ', its entry of ' || e.feed_url END AS detail
FROM core.entry_merges AS m
LEFT JOIN core.entries AS e USING (entry_id)
LEFT JOIN core.article_urls AS u USING (merge_id)
WHERE (m.split_at IS NOT NULL AND u.url_id IS NOT NULL)
    OR e.feed_url <> m.feed_url;
