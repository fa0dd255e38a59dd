-- An address that two articles claim, whichever batch came first: it is its own article's; else,
-- of those that claim it in one sitting, the lesser's. What a merge or a move brought stays.
UPDATE core.article_urls AS k
SET article_id = c.article_id, url = c.url
FROM (
    SELECT DISTINCT ON (u.url_id) u.url_id, u.article_id, u.url, t.sitting
    FROM addresses AS u
    JOIN sittings AS t USING (run_id)
    JOIN core.article_urls AS o ON o.url_id = u.url_id AND o.article_id <> u.article_id
    ORDER BY u.url_id, u.article_id <> u.url_id, u.article_id, u.url
) AS c
WHERE k.url_id = c.url_id AND k.article_id <> c.article_id AND k.merge_id IS NULL
    AND k.url_id NOT IN (SELECT url_id FROM core.article_moves)
    AND (c.article_id = c.url_id
        OR (k.article_id <> k.url_id AND c.article_id < k.article_id
            AND (k.run_id, c.sitting) IN (SELECT (run_id, sitting) FROM sittings)));
