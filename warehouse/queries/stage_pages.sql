-- One batch of refined pages: `staged` has a row a page asked for. It is a view of the batch's file,
-- so that each statement of the load reads the columns it needs and no other: as a table every
-- text and tag would be copied first. `article_id` is the article its text belongs to: that of its
-- own address; or, when one of its addresses came to an article by a merge of entries (a moved
-- host, a changed link), that article, unless there already is one of its own address. That is
-- decided once, in `owned`. `made_of` is the page the text was taken from.
SET VARIABLE staged_path = $path::VARCHAR;

CREATE OR REPLACE TEMP TABLE owned AS
WITH pages AS (
    SELECT entry_id, article.article_id AS own_id, asked.url_id AS asked_id, article.urls AS urls
    FROM read_parquet(getvariable('staged_path'))
),
moved AS (
    SELECT DISTINCT ON (a.entry_id) a.entry_id, k.article_id, k.merge_id
    FROM (SELECT entry_id, own_id, asked_id, unnest(urls) AS u FROM pages) AS a
    JOIN core.article_urls AS k ON k.url_id = a.u.url_id
    WHERE k.merge_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM core.articles AS o WHERE o.article_id = a.own_id)
    ORDER BY a.entry_id, k.url_id <> a.asked_id, k.url_id
)
SELECT p.entry_id, coalesce(m.article_id, p.own_id) AS article_id, m.merge_id
FROM pages AS p
LEFT JOIN moved AS m USING (entry_id);

CREATE OR REPLACE TEMP VIEW staged AS
SELECT p.*, o.article_id, o.merge_id, coalesce(p.carried_page, p.page) AS made_of
FROM read_parquet(getvariable('staged_path')) AS p
JOIN owned AS o USING (entry_id);
