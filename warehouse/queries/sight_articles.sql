-- Where the articles of this batch are at home besides their own address: where merges of entries
-- and moves brought them. Moves of this sitting count from the next one on.
CREATE OR REPLACE TEMP TABLE homes AS
SELECT DISTINCT h.url_id, h.article_id
FROM (
    SELECT k.url_id, k.article_id, CASE WHEN g.merge_id IS NULL THEN k.run_id END AS run_id
    FROM core.article_urls AS k
    LEFT JOIN core.entry_merges AS g ON g.merge_id = k.merge_id AND g.now_url = k.url
    WHERE k.merge_id IS NOT NULL
    UNION ALL
    SELECT url_id, article_id, run_id FROM core.article_moves
) AS h
JOIN owned AS o USING (article_id)
LEFT JOIN sittings AS t ON t.run_id = h.run_id
WHERE t.sitting IS DISTINCT FROM o.sitting;

-- What is asked of staged articles more than once, read once: `staged` is a view of a file.
CREATE OR REPLACE TEMP TABLE sighted AS
SELECT s.entry_id, s.run_id, t.sitting, s.article_id,
    s.carried_page IS NOT NULL AS is_carried,
    s.article.found_id <> s.article_id AND NOT s.is_moved AND h.url_id IS NULL AS is_away,
    s.made_of.page_id AS page_id, s.made_of.url AS url, s.made_of.fetched_at AS fetched_at,
    s.article.found_id AS found_id, s.article.title AS title,
    s.article.text_sha256 AS text_sha256
FROM staged AS s
JOIN sittings AS t USING (run_id)
LEFT JOIN homes AS h ON h.article_id = s.article_id AND h.url_id = s.article.found_id
WHERE s.article.article_id IS NOT NULL;

-- The addresses at which they were found, or say that they are; a row each.
CREATE OR REPLACE TEMP TABLE addresses AS
SELECT s.entry_id, s.article_id, s.merge_id, s.run_id, s.u.url_id AS url_id, s.u.url AS url,
    s.merge_id IS NOT NULL OR m.entry_id IS NOT NULL AS is_moved
FROM (
    SELECT entry_id, article_id, merge_id, run_id, unnest(article.urls) AS u
    FROM staged WHERE article.article_id IS NOT NULL
) AS s
LEFT JOIN movers AS m USING (entry_id);
