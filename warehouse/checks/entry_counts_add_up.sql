-- What a run took up left it with an outcome, also when it was cut short. Of a run whose old
-- outcomes were dropped, at most as many are left as it took up.
SELECT
    'run ' || r.run_id AS subject,
    r.entries_seen || ' entries seen, ' || coalesce(o.total, 0) || ' outcomes' AS detail
FROM ops.runs AS r
LEFT JOIN (SELECT run_id, count(*) AS total FROM ops.outcomes GROUP BY run_id) AS o USING (run_id)
WHERE r.entries_seen <> coalesce(o.total, 0)
    AND NOT (r.outcomes_pruned_at IS NOT NULL AND coalesce(o.total, 0) < r.entries_seen);
