-- What a run took up left it with an outcome, also when it was cut short.
SELECT
    'run ' || r.run_id AS subject,
    r.entries_seen || ' entries seen, ' || coalesce(o.total, 0) || ' outcomes' AS detail
FROM ops.runs AS r
LEFT JOIN (SELECT run_id, count(*) AS total FROM ops.outcomes GROUP BY run_id) AS o USING (run_id)
WHERE r.entries_seen <> coalesce(o.total, 0);
