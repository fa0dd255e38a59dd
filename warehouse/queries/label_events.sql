-- The groups of `grouped` (member_id, group_no, is_central) take the place of those in `event_reach`. A
-- story is called by its original that was published first; of several, by the least id.
DELETE FROM core.event_stories WHERE original_id IN (SELECT article_id FROM event_reach);

INSERT INTO core.event_stories
SELECT g.member_id, f.story_id, g.is_central
FROM grouped AS g
JOIN (
    SELECT g.group_no, arg_min(e.article_id, (e.published_at, e.article_id)) AS story_id
    FROM grouped AS g JOIN core.event_leads AS e ON e.article_id = g.member_id
    GROUP BY g.group_no
) AS f USING (group_no);
