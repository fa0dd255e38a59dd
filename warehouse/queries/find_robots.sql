-- The robots.txt files read of late; also those that have to be asked for again: their validators
-- are used, and while they cannot be had they are the last good copy (RFC 9309, 2.3.1.4).
SELECT origin, text, etag, last_modified, validators_url, fetched_at, expires_at,
    unreachable_since, detail
FROM ops.robots
WHERE fetched_at >= $since
ORDER BY origin;
