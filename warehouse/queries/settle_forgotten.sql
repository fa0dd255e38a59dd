-- After their rows are deleted: names nobody mentions go, and those who shared a story with them
-- are compared as `kept`, as if loaded again: they are labelled as they would have been.
DELETE FROM core.entities
WHERE entity_id IN (SELECT entity_id FROM named_there)
    AND entity_id NOT IN (SELECT entity_id FROM core.mentions);

CREATE OR REPLACE TEMP TABLE kept AS
SELECT a.article_id, a.version, 'changed' AS verdict, coalesce(h.shingles, []) AS shingles, s.sketch
FROM core.articles AS a
SEMI JOIN bereaved USING (article_id)
JOIN core.sketches AS s USING (article_id)
LEFT JOIN (
    SELECT article_no, list(key) AS shingles
    FROM core.shingles
    SEMI JOIN (FROM core.sketches SEMI JOIN bereaved USING (article_id)) USING (article_no)
    GROUP BY article_no
) AS h USING (article_no);
