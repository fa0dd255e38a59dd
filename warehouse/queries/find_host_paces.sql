-- Patience that hosts asked for and that is not over.
SELECT host, closed_until, delay_s, slow_until
FROM ops.host_paces
WHERE closed_until > $now OR slow_until > $now
ORDER BY host;
