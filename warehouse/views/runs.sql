CREATE OR REPLACE VIEW main.runs AS
SELECT
    run_id, flow, state, started_at, finished_at,
    feeds_polled, feeds_unchanged, feeds_failed, entries_seen, entries_new,
    pages_fetched, articles_new, articles_changed, duplicates, rejected, bugs,
    bytes_received, seconds, newshouse_version
FROM ops.runs;
COMMENT ON VIEW main.runs IS 'Executions of a flow, with counts.';

CREATE OR REPLACE VIEW main.outcomes AS
SELECT run_id, entry_id, outcome, reason, detail FROM ops.outcomes;
COMMENT ON VIEW main.outcomes IS 'How each entry left each run.';

CREATE OR REPLACE VIEW main.alarms AS
SELECT raised_at, kind, subject, detail, cleared_at, measure FROM ops.alarms;
COMMENT ON VIEW main.alarms IS 'Troubles that want a person; cleared_at NULL = still on.';
