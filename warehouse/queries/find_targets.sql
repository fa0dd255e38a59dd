-- What somebody may mean by `wanted`: an article, an entry, or what was forgotten before.
-- The first rank found is meant: an address is first of all what its article was found under.
WITH found AS (
    SELECT 1 AS rank, article_id, NULL AS entry_id FROM core.articles
    WHERE article_id = lower($wanted)
    UNION ALL
    SELECT 2, article_id, NULL FROM core.article_urls WHERE url_id = $url_id
    UNION ALL
    SELECT 3, article_id, NULL FROM core.entries WHERE url_id = $url_id AND article_id IS NOT NULL
    UNION ALL
    SELECT 4, coalesce(article_id, url_id, entry_id),
        CASE WHEN article_id IS NULL THEN entry_id END
    FROM core.entries WHERE entry_id = lower($wanted) AND outcome <> 'forgotten'
    UNION ALL
    SELECT 5, article_id, NULL FROM raw.entries AS r
    JOIN core.entries AS e USING (entry_id)
    WHERE r.url = $wanted AND e.article_id IS NOT NULL
    UNION ALL
    SELECT 6, article_id, NULL FROM core.tombstones
    WHERE (kind = 'url' AND key = $url_id)
        OR (kind IN ('article', 'entry') AND key = lower($wanted))
)
SELECT DISTINCT article_id, entry_id, rank = 6 AS is_gone
FROM found
QUALIFY rank = min(rank) OVER ()
ORDER BY article_id, entry_id;
