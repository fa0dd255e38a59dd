-- From publication to the end of the run that made it queryable: the new articles of the last run
-- that brought any. Dates after that end are wrong, not fast.
WITH last AS (
    SELECT run_id, finished_at FROM ops.runs
    WHERE articles_new > 0 AND finished_at IS NOT NULL
    ORDER BY started_at DESC, run_id LIMIT 1
)
SELECT
    last.run_id, count(*) AS articles,
    round(median(epoch(last.finished_at) - epoch(v.published_at)), 1) AS median_s
FROM core.versions AS v
JOIN last USING (run_id)
WHERE v.version = 1 AND v.published_at <= last.finished_at
GROUP BY last.run_id;
