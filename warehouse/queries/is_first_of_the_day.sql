-- Whether no run before this one finished on its day (UTC): that run sweeps up.
SELECT NOT EXISTS (
    SELECT 1 FROM ops.runs
    WHERE run_id <> $run_id AND state LIKE 'completed%'
        AND finished_at >= time_bucket(INTERVAL 1 DAY, $now::TIMESTAMPTZ)
) AS is_first;
