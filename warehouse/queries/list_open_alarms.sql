SELECT raised_at, kind, subject, detail, measure
FROM ops.alarms WHERE cleared_at IS NULL
ORDER BY raised_at DESC, kind, subject;
