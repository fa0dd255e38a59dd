-- After their rows are deleted: names nobody mentions go, and those who shared a story with them
-- are what find_duplicates takes in as `kept`, as if loaded again: it labels them as it would have.
DELETE FROM core.entities
WHERE entity_id IN (SELECT entity_id FROM named_there)
    AND entity_id NOT IN (SELECT entity_id FROM core.mentions);

CREATE OR REPLACE TEMP TABLE kept AS
SELECT a.article_id, a.version, 'changed' AS verdict, coalesce(s.shingles, []) AS shingles
FROM core.articles AS a
SEMI JOIN bereaved USING (article_id)
LEFT JOIN (
    SELECT article_id, list(key) AS shingles
    FROM core.shingles SEMI JOIN bereaved USING (article_id) GROUP BY article_id
) AS s USING (article_id);
