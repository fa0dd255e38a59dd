DELETE FROM ops.host_paces
WHERE coalesce(closed_until, $now) <= $now AND coalesce(slow_until, $now) <= $now;

DELETE FROM ops.robots WHERE fetched_at < $robots_before;
