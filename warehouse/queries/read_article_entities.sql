-- What the current version of an article names, most often named first.
SELECT
    m.kind, e.name, e.country_code, count(*) AS mention_count,
    list_sort(list_distinct(list(m.surface))) AS surfaces, m.entity_id
FROM core.mentions AS m
JOIN core.entities AS e USING (entity_id)
JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
WHERE m.article_id = $article_id
GROUP BY m.kind, e.name, e.country_code, m.entity_id
ORDER BY mention_count DESC, min(m.start_char);
