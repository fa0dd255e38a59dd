-- Articles that repeat those to be forgotten, and how much of them.
SELECT DISTINCT ON (a.article_id) a.article_id, a.source, a.url, p.kind, p.containment
FROM core.duplicate_pairs AS p
JOIN core.articles AS a ON a.article_id IN (p.article_id, p.other_id)
WHERE (p.article_id IN (SELECT article_id FROM sought_rows)
        OR p.other_id IN (SELECT article_id FROM sought_rows))
    AND a.article_id NOT IN (SELECT article_id FROM sought_rows)
ORDER BY a.article_id, p.containment DESC;
