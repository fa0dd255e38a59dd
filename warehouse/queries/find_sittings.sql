-- A sitting is a run with the killed runs before it, whose work it goes on with: what came of it
-- must not depend on when they were killed. It goes by the run that came to its end, and begins
-- with the first of them.
CREATE OR REPLACE TEMP TABLE sittings AS
SELECT run_id, sitting, min(started_at) OVER (PARTITION BY sitting) AS began_at
FROM (
    SELECT run_id, started_at, coalesce(
        first_value(CASE WHEN state <> 'interrupted' THEN run_id END IGNORE NULLS) OVER (
            ORDER BY started_at, run_id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
        run_id) AS sitting
    FROM ops.runs
    WHERE flow = 'ingest'
);
