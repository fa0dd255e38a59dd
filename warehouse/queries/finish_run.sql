UPDATE ops.runs
SET finished_at = $finished_at,
    seconds = epoch($finished_at::TIMESTAMPTZ - started_at)
WHERE run_id = $run_id;

UPDATE ops.runs
SET state = CASE WHEN $failed THEN 'failed' WHEN bugs > 0 THEN 'completed_with_bugs'
    ELSE 'completed' END
WHERE run_id = $run_id;

UPDATE ops.alarms SET cleared_at = $finished_at
WHERE kind = 'run_interrupted' AND cleared_at IS NULL AND NOT $failed;

UPDATE ops.alarms SET cleared_at = $finished_at
WHERE kind = 'bugs' AND cleared_at IS NULL AND NOT $failed
    AND (SELECT bugs FROM ops.runs WHERE run_id = $run_id) = 0;

INSERT INTO ops.alarms (raised_at, kind, subject, detail)
SELECT $finished_at, 'bugs', $run_id,
    bugs || ' entries quarantined; see ops.bugs for their inputs and traces'
FROM ops.runs WHERE run_id = $run_id AND bugs > 0;

-- What comes from now on is of another sitting.
DELETE FROM ops.hearings;
