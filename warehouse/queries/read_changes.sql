-- Old and new state of every article that changed in this batch, to be weighed. Which rows first:
-- joined directly, every text of the warehouse would be read to find a few.
SELECT d.article_id, d.version, coalesce(s.article.language, v.language) AS language,
    v.title AS old_title, v.text AS old_text,
    s.article.title AS new_title, s.article.text AS new_text
FROM core.versions AS v
JOIN decided AS d ON d.article_id = v.article_id AND d.version = v.version + 1
JOIN staged AS s USING (entry_id)
WHERE d.verdict = 'changed' AND v.rowid IN (
    SELECT v.rowid
    FROM core.versions AS v
    JOIN decided AS d ON d.article_id = v.article_id AND d.version = v.version + 1
    WHERE d.verdict = 'changed'
);
