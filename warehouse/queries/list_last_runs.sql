SELECT
    run_id, flow, state, started_at, finished_at, round(seconds, 3) AS seconds, feeds_polled, feeds_failed,
    entries_new, articles_new, articles_changed, duplicates, rejected, bugs
FROM ops.runs
ORDER BY started_at DESC, run_id
LIMIT $limit;
