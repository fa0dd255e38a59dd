-- What is to be raised and is not on is raised; what is on and stands no longer, not even weakly,
-- is over. Between the two nothing changes, so that nothing flaps.
INSERT INTO ops.alarms (raised_at, kind, subject, detail, measure)
SELECT $now, s.kind, s.subject, s.detail, s.measure
FROM troubles AS s
WHERE s.is_raised AND NOT EXISTS (
    SELECT 1 FROM ops.alarms AS a
    WHERE a.kind = s.kind AND a.subject = s.subject AND a.cleared_at IS NULL);

UPDATE ops.alarms AS a SET cleared_at = $now
WHERE a.cleared_at IS NULL
    AND a.kind IN ('source_silent', 'layout_drift', 'lag', 'failure_share', 'backlog')
    AND NOT EXISTS (SELECT 1 FROM troubles AS s WHERE s.kind = a.kind AND s.subject = a.subject);
