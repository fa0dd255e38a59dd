-- Old runs that found nothing to do, and of which nothing is left but their row.
DELETE FROM ops.runs
WHERE started_at < $before AND state = 'completed' AND entries_seen = 0 AND pages_fetched = 0
    AND run_id NOT IN (
        SELECT run_id FROM raw.fetches
        UNION ALL SELECT run_id FROM raw.pages
        UNION ALL SELECT run_id FROM raw.entries
        UNION ALL SELECT run_id FROM ops.archive_files
        UNION ALL SELECT run_id FROM ops.outcomes
        UNION ALL SELECT run_id FROM core.entry_merges
        UNION ALL SELECT run_id FROM core.versions
        UNION ALL SELECT subject FROM ops.alarms);
