-- Everything that hangs together with a pair that is another now, and with articles whose place in time
-- may be: `event_reach`. Groups all of whose pairs are below the least average are never one, so that
-- what hangs together by such pairs alone is left as it is.
CREATE OR REPLACE TEMP TABLE event_reach AS
WITH RECURSIVE stirred AS (
    SELECT unnest([article_id, other_id]) AS article_id
    FROM ((FROM pairs_before EXCEPT FROM pairs_now) UNION (FROM pairs_now EXCEPT FROM pairs_before))
    UNION
    SELECT article_id FROM event_new
    UNION
    SELECT article_id FROM event_gone
),
links AS (
    SELECT article_id, other_id FROM core.event_pairs WHERE similarity >= $least_average
    UNION ALL
    SELECT other_id, article_id FROM core.event_pairs WHERE similarity >= $least_average
),
reached AS (
    SELECT article_id FROM stirred
    UNION
    SELECT l.other_id FROM reached AS r JOIN links AS l ON l.article_id = r.article_id
)
SELECT article_id FROM reached;

SELECT p.article_id, p.other_id, round(p.similarity * 1e6)::BIGINT AS millionths
FROM core.event_pairs AS p
SEMI JOIN event_reach USING (article_id)
WHERE p.other_id IN (SELECT article_id FROM event_reach);
