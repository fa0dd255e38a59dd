-- Old and new state of every article that changed in this batch, to be classified. Which rows
-- first: joined directly, every text of the warehouse would be read to find a few.
SELECT d.article_id, v.title AS old_title, v.text AS old_text,
    s.article.title AS new_title, s.article.text AS new_text
FROM core.versions AS v
JOIN decided AS d ON d.article_id = v.article_id
JOIN staged AS s USING (entry_id)
WHERE d.verdict = 'changed' AND v.rowid IN (
    SELECT v.rowid
    FROM core.versions AS v
    JOIN core.articles AS a USING (article_id, version)
    WHERE v.article_id IN (SELECT article_id FROM decided WHERE verdict = 'changed')
);
