-- Pages looked at again that say they are another article than the one their entry leads to, and
-- no article was known by that address before this sitting. `leads` has the article each entry led
-- to before; what that one said before this sitting is what they are compared with. Mostly there
-- are none, and then no text is read.
CREATE OR REPLACE TEMP TABLE strayed AS
SELECT DISTINCT ON (o.entry_id) o.entry_id, e.article_id, v.rowid AS row_id, v.page_id
FROM owned AS o
JOIN leads AS e ON e.entry_id = o.entry_id AND e.article_id <> o.article_id
JOIN core.versions AS v ON v.article_id = e.article_id
LEFT JOIN sittings AS t ON t.run_id = v.run_id
WHERE NOT o.is_known AND NOT o.is_moved AND t.sitting IS DISTINCT FROM o.sitting
ORDER BY o.entry_id, v.version DESC;

SELECT EXISTS (FROM strayed) AS holds;
