-- First articles of stories whose words are still to be read from their texts, a batch of them; those
-- beyond it are left to the next.
CREATE OR REPLACE TEMP TABLE event_unworded AS
SELECT w.article_id
FROM event_wanted AS w
ANTI JOIN event_worded USING (article_id)
ORDER BY w.article_id;

DELETE FROM event_wanted
WHERE article_id IN (SELECT article_id FROM event_unworded ORDER BY article_id OFFSET $limit);

SELECT v.article_id, v.title, v.text, v.language
FROM core.versions AS v
JOIN event_wanted AS w ON w.article_id = v.article_id AND w.version = v.version
SEMI JOIN event_unworded AS u ON u.article_id = v.article_id
ORDER BY v.article_id;
