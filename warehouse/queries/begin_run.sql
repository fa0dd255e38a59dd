-- Runs that never finished were killed; their queued entries are still due.
INSERT INTO ops.alarms (raised_at, kind, subject, detail)
SELECT $now, 'run_interrupted', run_id, 'started ' || started_at || ' and never finished; '
    || 'its unloaded entries are taken up by the next run'
FROM ops.runs WHERE state = 'running';

UPDATE ops.runs SET state = 'interrupted', finished_at = $now WHERE state = 'running';

INSERT INTO ops.runs (run_id, flow, state, started_at, newshouse_version)
VALUES ($run_id, $flow, 'running', $now, $version);
