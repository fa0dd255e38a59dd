-- What is remembered of a feed goes together: a move with its sightings, a rhythm with the 24
-- hours it counts; and no alarm of a feed is on twice.
SELECT
    'feed ' || feed_url AS subject,
    CASE WHEN len(arrivals) <> 24 THEN 'counts arrivals of ' || len(arrivals) || ' hours'
        ELSE 'has half a rhythm, or half a move' END AS detail
FROM ops.feeds
WHERE len(arrivals) <> 24
    OR (arrivals IS NULL) <> (arrivals_since IS NULL)
    OR (arrivals IS NULL) <> (arrivals_as_of IS NULL)
    OR (move_target IS NULL) <> (move_sightings IS NULL)
    OR (move_target IS NULL) <> (move_first_seen_at IS NULL)
UNION ALL
SELECT 'alarm ' || kind || ' of ' || subject, count(*) || ' of them are on'
FROM ops.alarms
WHERE cleared_at IS NULL AND starts_with(kind, 'feed_')
GROUP BY kind, subject
HAVING count(*) > 1;
