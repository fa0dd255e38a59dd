-- `moved` (entry_id, article_id, was_url, now_url, evidence): pages that are their entry's article
-- still. Their addresses lead to it from now on.
UPDATE owned AS s SET article_id = m.article_id, is_moved = true
FROM moved AS m
WHERE s.entry_id = m.entry_id;

INSERT INTO core.article_moves
SELECT DISTINCT ON (u.url_id) m.article_id, u.url_id, s.run_id, r.started_at, m.was_url,
    m.now_url, m.evidence
FROM moved AS m
JOIN (
    SELECT run_id, entry_id, unnest(article.urls) AS u FROM staged WHERE article IS NOT NULL
) AS s USING (entry_id)
JOIN ops.runs AS r ON r.run_id = s.run_id
WHERE u.url_id NOT IN (SELECT url_id FROM core.article_urls)
ORDER BY u.url_id, m.article_id, m.now_url;
