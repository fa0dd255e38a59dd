SELECT run_id, state, feeds_polled, feeds_unchanged, feeds_failed, entries_seen, entries_new,
    pages_fetched, articles_new, articles_changed, duplicates, rejected, bugs, bytes_received,
    round(seconds, 3) AS seconds
FROM ops.runs WHERE run_id = $run_id;
