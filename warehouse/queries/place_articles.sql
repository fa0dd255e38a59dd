-- Which article a text of `incoming` belongs to: that of its own address; or, when one of its
-- addresses came to an article by a merge of entries (a moved host, a changed link) or a move of
-- its page (see find_moves), that article, unless there already is one of its own address: then it
-- `is_moved`. `made_of` is the page the text was taken from.
CREATE OR REPLACE TEMP TABLE owned AS
WITH pages AS (
    SELECT entry_id, article.article_id AS own_id, asked.url_id AS asked_id, article.urls AS urls
    FROM incoming
),
moved AS (
    SELECT DISTINCT ON (a.entry_id) a.entry_id, k.article_id, k.merge_id
    FROM (SELECT entry_id, own_id, asked_id, unnest(urls) AS u FROM pages) AS a
    JOIN core.article_urls AS k ON k.url_id = a.u.url_id
    LEFT JOIN core.article_moves AS w ON w.url_id = k.url_id AND w.article_id = k.article_id
    WHERE (k.merge_id IS NOT NULL OR w.url_id IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM core.articles AS o WHERE o.article_id = a.own_id)
    ORDER BY a.entry_id, k.url_id <> a.asked_id, k.url_id
)
SELECT p.entry_id, coalesce(m.article_id, p.own_id) AS article_id, m.merge_id,
    m.article_id IS NOT NULL AS is_moved
FROM pages AS p
LEFT JOIN moved AS m USING (entry_id);

CREATE OR REPLACE TEMP VIEW staged AS
SELECT p.*, o.article_id, o.merge_id, o.is_moved, coalesce(p.carried_page, p.page) AS made_of
FROM incoming AS p
JOIN owned AS o USING (entry_id);
