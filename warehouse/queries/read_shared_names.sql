-- Entities the forgotten named and others do too, a row a way in which these write them; `is_told`:
-- one of their titles has the name in full.
SELECT e.entity_id, e.kind, e.name, m.surface,
    bool_or(contains(v.title, e.name)) AS is_told
FROM core.entities AS e
SEMI JOIN named_there USING (entity_id)
JOIN core.mentions AS m USING (entity_id)
JOIN core.versions AS v USING (article_id, version)
GROUP BY ALL
ORDER BY ALL;
