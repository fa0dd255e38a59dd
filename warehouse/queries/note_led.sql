-- Which article each entry of the sightings just loaded came to; where it came to none, why. What
-- an earlier sighting came to stays when a later one comes to nothing, as in a run.
CREATE OR REPLACE TEMP TABLE noted AS
SELECT g.entry_id, coalesce(s.article_id, k.article_id, l.article_id) AS article_id,
    coalesce(s.reason, l.reason) AS reason, coalesce(s.detail, l.detail) AS detail
FROM (
    SELECT run_id, entry_id AS leader, unnest(list_prepend(entry_id, followers)) AS entry_id
    FROM staged
) AS g
JOIN staged AS s ON s.run_id = g.run_id AND s.entry_id = g.leader
LEFT JOIN core.article_urls AS k ON k.url_id = s.same_as.url_id
LEFT JOIN led AS l ON l.entry_id = g.entry_id;

DELETE FROM led WHERE entry_id IN (SELECT entry_id FROM noted);

INSERT INTO led SELECT DISTINCT ON (entry_id) * FROM noted ORDER BY entry_id, article_id;
