-- A story is what tells of one event: its originals, see core.event_stories, and their copies. One that
-- nobody else tells of is an original with its copies. Looked for in all articles: what an article
-- repeats, and what an original is told together with, change apart from each other.
CREATE OR REPLACE TEMP TABLE retold AS
SELECT a.article_id, a.version, coalesce(s.story_id, a.duplicate_of, a.article_id) AS story_id
FROM core.articles AS a
LEFT JOIN core.event_stories AS s ON s.original_id = coalesce(a.duplicate_of, a.article_id)
WHERE a.story_id <> coalesce(s.story_id, a.duplicate_of, a.article_id);

UPDATE core.articles AS a SET story_id = r.story_id FROM retold AS r WHERE r.article_id = a.article_id;

-- As settle_current has the others repeated.
UPDATE core.versions AS v SET story_id = r.story_id
FROM retold AS r WHERE r.article_id = v.article_id AND r.version = v.version;
