-- Alarms that were over long ago.
DELETE FROM ops.alarms WHERE cleared_at < $before;
