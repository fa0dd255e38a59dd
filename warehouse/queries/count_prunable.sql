-- Rows of every table that old rows are dropped from.
SELECT 'fetches' AS item, count(*) AS row_count FROM raw.fetches
UNION ALL SELECT 'outcomes', count(*) FROM ops.outcomes
UNION ALL SELECT 'runs', count(*) FROM ops.runs
UNION ALL SELECT 'alarms', count(*) FROM ops.alarms
UNION ALL SELECT 'source_fetches', count(*) FROM ops.source_fetches
UNION ALL SELECT 'source_norms', count(*) FROM ops.source_norms
UNION ALL SELECT 'host_paces', count(*) FROM ops.host_paces
UNION ALL SELECT 'robots', count(*) FROM ops.robots;
