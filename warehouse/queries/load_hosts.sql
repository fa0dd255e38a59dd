-- What a fetcher learned of hosts, in place of what was known of the same. It hands over all it
-- knows, most of it as it was given: only what differs is written.
CREATE OR REPLACE TEMP TABLE paced AS
SELECT host, closed_until, delay_s, slow_until FROM read_parquet($paces)
EXCEPT SELECT host, closed_until, delay_s, slow_until FROM ops.host_paces;

DELETE FROM ops.host_paces WHERE host IN (SELECT host FROM paced);

INSERT INTO ops.host_paces
SELECT host, closed_until, delay_s, slow_until FROM paced;

CREATE OR REPLACE TEMP TABLE asked AS
SELECT origin, text, etag, last_modified, validators_url, fetched_at, expires_at,
    unreachable_since, detail
FROM read_parquet($robots)
EXCEPT
SELECT origin, text, etag, last_modified, validators_url, fetched_at, expires_at,
    unreachable_since, detail
FROM ops.robots;

DELETE FROM ops.robots WHERE origin IN (SELECT origin FROM asked);

INSERT INTO ops.robots
SELECT origin, text, etag, last_modified, validators_url, fetched_at, expires_at,
    unreachable_since, detail
FROM asked;
