-- Pages looked at again that say they are another article than the one their entry leads to, and
-- no article is known by that address: the same one, moved, or another story? `leads` has the article
-- each entry led to before.
SELECT s.entry_id, e.article_id, p.final_url AS was_url, s.made_of.final_url AS now_url,
    v.title AS old_title, v.text AS old_text,
    s.article.title AS new_title, s.article.text AS new_text
FROM staged AS s
JOIN leads AS e ON e.entry_id = s.entry_id
JOIN core.articles AS a ON a.article_id = e.article_id
JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
JOIN raw.pages AS p ON p.page_id = v.page_id
WHERE s.carried_page IS NULL AND s.article_id <> e.article_id
    AND s.article_id NOT IN (SELECT article_id FROM core.articles);
