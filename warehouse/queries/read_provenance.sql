-- Every claim about the current version of an article, the winner of each field first.
SELECT p.field, p.value, p.source, p.rule, p.chosen
FROM core.provenance AS p
JOIN core.articles AS a ON a.article_id = p.article_id AND a.version = p.version
WHERE p.article_id = $article_id
ORDER BY p.field, p.chosen DESC, p.source, p.value;
