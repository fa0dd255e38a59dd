-- The words of those of `event_wanted` that the view `event_told` (article_id, event_keys,
-- event_weights) has.
INSERT INTO event_worded
SELECT t.article_id, unnest(t.event_keys), unnest(t.event_weights)
FROM event_told AS t SEMI JOIN event_wanted USING (article_id)
WHERE t.event_keys IS NOT NULL;
