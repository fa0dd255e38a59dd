-- Entries have been due for long and no run has got round to them: runs are too few or too short.
-- Pages only looked at again wait their turn when a host has more of them than a run asks for; so
-- a few that wait are no trouble.
SELECT
    'backlog' AS kind, 'all' AS subject,
    count(*) || ' entries have been due for more than ' || round($backlog_s / 3600, 1)
        || ' hours, the longest since ' || strftime(min(due_at), '%Y-%m-%d %H:%M') || ' UTC'
        AS detail,
    count(*) AS measure, count(*) >= 100 AS is_raised
FROM core.entries
WHERE due_at < $now::TIMESTAMPTZ - to_seconds($backlog_s)
HAVING count(*) >= 50;
