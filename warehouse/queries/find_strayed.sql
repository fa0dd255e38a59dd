-- Pages looked at again that say they are another article than the one their entry leads to, and
-- no article is known by that address. `leads` has the article each entry led to before. Mostly there
-- are none, and then no text is read.
CREATE OR REPLACE TEMP TABLE strayed AS
SELECT o.entry_id, e.article_id, v.rowid AS row_id, v.page_id
FROM owned AS o
JOIN leads AS e ON e.entry_id = o.entry_id AND e.article_id <> o.article_id
JOIN core.articles AS a ON a.article_id = e.article_id
JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
WHERE NOT EXISTS (SELECT 1 FROM core.articles AS k WHERE k.article_id = o.article_id);

SELECT EXISTS (FROM strayed) AS holds;
