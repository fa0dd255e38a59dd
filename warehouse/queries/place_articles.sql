-- Which article a text of `staged` belongs to: that of its own address; or, when one of its
-- addresses came to an article by a merge of entries (a moved host, a changed link), that article,
-- unless there already is one of its own address.
CREATE OR REPLACE TEMP TABLE moved AS
SELECT DISTINCT ON (a.run_id, a.entry_id) a.run_id, a.entry_id, k.article_id, k.merge_id
FROM (
    SELECT run_id, entry_id, article.article_id AS own_id, asked.url_id AS asked_id,
        unnest(article.urls) AS u
    FROM staged WHERE article IS NOT NULL
) AS a
JOIN core.article_urls AS k ON k.url_id = a.u.url_id
WHERE k.merge_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM core.articles AS o WHERE o.article_id = a.own_id)
ORDER BY a.run_id, a.entry_id, k.url_id <> a.asked_id, k.url_id;

UPDATE staged AS s SET article_id = m.article_id, merge_id = m.merge_id
FROM moved AS m
WHERE m.run_id = s.run_id AND m.entry_id = s.entry_id;
