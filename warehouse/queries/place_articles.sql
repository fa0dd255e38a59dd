-- Which article a text of `staged` belongs to: that of its own address; or, when one of its
-- addresses came to an article by a merge of entries (a moved host, a changed link) or a move of
-- its page (see find_moves), that article, unless there already is one of its own address: then it
-- `is_moved`.
CREATE OR REPLACE TEMP TABLE placed AS
SELECT DISTINCT ON (a.entry_id) a.entry_id, k.article_id, k.merge_id
FROM (
    SELECT entry_id, article.article_id AS own_id, asked.url_id AS asked_id,
        unnest(article.urls) AS u
    FROM staged WHERE article IS NOT NULL
) AS a
JOIN core.article_urls AS k ON k.url_id = a.u.url_id
LEFT JOIN core.article_moves AS w ON w.url_id = k.url_id AND w.article_id = k.article_id
WHERE (k.merge_id IS NOT NULL OR w.url_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM core.articles AS o WHERE o.article_id = a.own_id)
ORDER BY a.entry_id, k.url_id <> a.asked_id, k.url_id;

UPDATE staged AS s SET article_id = p.article_id, merge_id = p.merge_id, is_moved = true
FROM placed AS p
WHERE p.entry_id = s.entry_id;
