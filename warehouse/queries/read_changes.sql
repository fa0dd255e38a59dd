-- Old and new state of every article that changed in this batch, to be classified.
SELECT d.article_id, v.title AS old_title, v.text AS old_text,
    s.article.title AS new_title, s.article.text AS new_text
FROM decided AS d
JOIN staged AS s USING (entry_id)
JOIN core.articles AS a ON a.article_id = d.article_id
JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
WHERE d.verdict = 'changed';
