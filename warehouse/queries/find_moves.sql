-- The states of `strayed` pages: the same article, moved, or another story?
SELECT s.entry_id, m.article_id, p.final_url AS was_url, s.made_of.final_url AS now_url,
    v.title AS old_title, v.text AS old_text,
    s.article.title AS new_title, s.article.text AS new_text
FROM core.versions AS v
JOIN strayed AS m ON m.row_id = v.rowid
JOIN staged AS s USING (entry_id)
JOIN raw.pages AS p ON p.page_id = m.page_id
WHERE s.carried_page IS NULL AND s.article_id <> m.article_id
    AND v.rowid IN (SELECT row_id FROM strayed);
