-- Old and new state of every article that changed in this batch, to be weighed.
SELECT d.article_id, d.version, coalesce(s.article.language, v.language) AS language,
    v.title AS old_title, v.text AS old_text,
    s.article.title AS new_title, s.article.text AS new_text
FROM decided AS d
JOIN staged AS s USING (entry_id)
JOIN core.versions AS v ON v.article_id = d.article_id AND v.version = d.version - 1
WHERE d.verdict = 'changed';
