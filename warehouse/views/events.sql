CREATE OR REPLACE VIEW main.article_events AS
SELECT
    v.article_id, coalesce(s.event_id, v.story_id) AS event_id, v.story_id, v.source, v.published_at,
    v.title
FROM core.versions AS v
LEFT JOIN core.event_stories AS s ON s.story_id = v.story_id
WHERE v.seen_until IS NULL;
COMMENT ON VIEW main.article_events IS 'The event each article is of: its own, where no other story tells of it.';

CREATE OR REPLACE VIEW main.events AS
WITH central AS (SELECT event_id, story_id FROM core.event_stories WHERE is_central)
SELECT
    e.event_id,
    any_value(e.title) FILTER (e.article_id = coalesce(c.story_id, e.event_id)) AS title,
    e.event_id AS first_article_id,
    count(DISTINCT e.story_id) AS story_count,
    count(*) AS article_count,
    count(DISTINCT e.source) AS source_count,
    min(e.published_at) AS first_published_at,
    max(e.published_at) AS last_published_at
FROM main.article_events AS e
LEFT JOIN central AS c ON c.event_id = e.event_id
GROUP BY e.event_id;
COMMENT ON VIEW main.events IS 'What happened, as one row: stories that tell of the same within days; a story nobody else has is an event of one.';

-- A macro for the reason main.say_repeat is one.
CREATE OR REPLACE MACRO main.say_likeness(similarity, shared_count, one_at, other_at) AS
    format('{:.0f}% alike by {} words both have, ', similarity * 100, shared_count)
    || format('{:.1f} days apart', abs(epoch(other_at) - epoch(one_at)) / 86400);
COMMENT ON MACRO main.say_likeness IS 'How alike two articles are as tellers of one event, in words.';

CREATE OR REPLACE VIEW main.event_pairs AS
SELECT
    p.article_id, p.other_id, p.similarity, p.shared_count,
    main.say_likeness(p.similarity, p.shared_count, a.published_at, b.published_at) AS evidence
FROM core.event_pairs AS p
JOIN core.event_leads AS a ON a.article_id = p.article_id
JOIN core.event_leads AS b ON b.article_id = p.other_id;
COMMENT ON VIEW main.event_pairs IS 'First articles of two stories that may tell of one event, and what says so; they do where their groups are alike on the average.';
