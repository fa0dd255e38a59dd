SELECT run_id FROM ops.runs WHERE state = 'running' ORDER BY run_id;
