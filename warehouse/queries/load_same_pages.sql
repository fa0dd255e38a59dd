-- Entries whose address led to a page that another entry brought in this run: it was not asked for
-- again. They come to what is known under its address. Where that is no article, they are rejected
-- for the reason the other was: asked themselves, they would have got the same bytes.
CREATE OR REPLACE TEMP TABLE led AS
SELECT s.entry_id AS leader, s.asked, s.same_as.final_url AS final_url, k.article_id,
    x.reason, x.detail
FROM staged AS s
LEFT JOIN core.article_urls AS k ON k.url_id = s.same_as.url_id
LEFT JOIN (
    SELECT DISTINCT ON (p.final_url) p.final_url, e.reason, e.detail
    FROM raw.pages AS p
    JOIN core.entries AS e ON e.page_id = p.page_id
    WHERE p.run_id = $run_id AND p.kind = 'page'
    ORDER BY p.final_url, e.entry_id
) AS x ON x.final_url = s.same_as.final_url
WHERE s.same_as IS NOT NULL;

INSERT INTO core.article_urls
SELECT DISTINCT ON (l.asked.url_id) l.asked.url_id, l.article_id, l.asked.url, NULL, $run_id
FROM led AS l
WHERE l.article_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM core.article_urls AS k WHERE k.url_id = l.asked.url_id)
ORDER BY l.asked.url_id, l.article_id, l.asked.url;

CREATE OR REPLACE TEMP TABLE departed AS
SELECT
    e.entry_id,
    CASE WHEN l.article_id IS NULL THEN 'rejected'
        WHEN e.article_id IS NULL THEN 'known' ELSE 'unchanged' END AS outcome,
    CASE WHEN l.article_id IS NULL THEN coalesce(l.reason, 'not_an_article') END AS reason,
    'leads to ' || l.final_url || CASE WHEN l.article_id IS NOT NULL THEN ''
        ELSE ': ' || coalesce(l.detail, 'no article was found there') END AS detail,
    coalesce(l.article_id, e.article_id) AS article_id
FROM led AS l
JOIN (
    SELECT entry_id AS leader, unnest(list_prepend(entry_id, followers)) AS entry_id FROM staged
) AS g USING (leader)
JOIN core.entries AS e ON e.entry_id = g.entry_id;

-- The page is looked at again on the other entry's account.
UPDATE core.entries AS e
SET outcome = d.outcome, reason = d.reason, detail = d.detail, attempts = 0, due_at = NULL,
    article_id = d.article_id
FROM departed AS d
WHERE e.entry_id = d.entry_id;

UPDATE ops.outcomes AS o
SET outcome = d.outcome, reason = d.reason, detail = d.detail
FROM departed AS d
WHERE o.run_id = $run_id AND o.entry_id = d.entry_id;
