-- Who is named in what this batch puts an end to (see decide_versions), to be taken off the counts.
CREATE OR REPLACE TEMP TABLE unsaid AS
SELECT m.article_id, m.entity_id, m.surface, d.verdict
FROM core.mentions AS m
JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
JOIN decided AS d ON d.article_id = m.article_id
WHERE d.is_standing AND (d.verdict <> 'same' OR d.undone_version IS NOT NULL);
