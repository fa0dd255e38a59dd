-- Which article a text of `incoming` belongs to, by what it says and by what stood before its sitting
-- (see find_sittings), never by what the sitting brought: so it is no matter what came first.
--
-- That of its own address, if that stood (`is_known`). Else, when one of its addresses came to an
-- article by a merge of entries (a moved host, a changed link) or an earlier move of its page, that
-- article: then it `is_moved`. Else, if its entry led to an article whose page it is still, that one
-- (see find_moves). Else that of its own address, which is new.
CREATE OR REPLACE TEMP TABLE owned AS
WITH pages AS (
    SELECT i.entry_id, t.sitting, i.article.article_id AS own_id, i.asked.url_id AS asked_id,
        i.article.urls AS urls,
        coalesce(o.first_seen_at < t.began_at, false) AS is_known
    FROM incoming AS i
    JOIN sittings AS t USING (run_id)
    LEFT JOIN core.articles AS o ON o.article_id = i.article.article_id
),
moved AS (
    SELECT DISTINCT ON (a.entry_id) a.entry_id, k.article_id, k.merge_id
    FROM (
        SELECT entry_id, sitting, asked_id, unnest(urls) AS u FROM pages WHERE NOT is_known
    ) AS a
    JOIN core.article_urls AS k ON k.url_id = a.u.url_id
    LEFT JOIN core.article_moves AS w ON w.url_id = k.url_id AND w.article_id = k.article_id
    LEFT JOIN core.entry_merges AS g ON g.merge_id = k.merge_id AND g.now_url = k.url
    LEFT JOIN sittings AS t ON t.run_id = coalesce(w.run_id, k.run_id)
    WHERE (k.merge_id IS NOT NULL OR w.url_id IS NOT NULL)
        -- Merges are found before any page is asked for.
        AND (t.sitting IS DISTINCT FROM a.sitting OR g.merge_id IS NOT NULL)
    ORDER BY a.entry_id, k.url_id <> a.asked_id, k.url_id
)
SELECT p.entry_id, p.sitting, coalesce(m.article_id, p.own_id) AS article_id, m.merge_id,
    m.article_id IS NOT NULL AS is_moved, p.is_known
FROM pages AS p
LEFT JOIN moved AS m USING (entry_id);

-- Pages that are their entry's article still, though they name another address; see load_moves.
CREATE OR REPLACE TEMP TABLE movers (
    entry_id VARCHAR, article_id VARCHAR, was_url VARCHAR, now_url VARCHAR, evidence VARCHAR
);

-- `made_of` is the page the text was taken from.
CREATE OR REPLACE TEMP VIEW staged AS
SELECT p.*, o.article_id, o.merge_id, o.is_moved, coalesce(p.carried_page, p.page) AS made_of
FROM incoming AS p
JOIN owned AS o USING (entry_id);
