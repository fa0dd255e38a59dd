-- Every document stands beside the exchange that brought it; a text carried by a feed came with
-- the feed's, and of what was forgotten neither has its address any more.
SELECT
    'page ' || p.page_id AS subject,
    'no fetch of run ' || p.run_id || ' brought ' || p.url AS detail
FROM raw.pages AS p
LEFT JOIN (
    SELECT run_id, kind, url, min(started_at) AS started_at
    FROM raw.fetches WHERE outcome = 'ok' GROUP BY run_id, kind, url
) AS f ON f.run_id = p.run_id AND f.kind = p.kind AND f.url = p.url
WHERE p.kind <> 'entry' AND p.url <> 'forgotten:' || p.page_id
    AND (f.started_at IS NULL OR f.started_at > p.fetched_at);
