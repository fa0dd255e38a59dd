-- How asking for article pages went in this run, added to its six hours. The source of an address
-- is the longest of the known ones its host ends with: www2.example.co.uk belongs to
-- example.co.uk. A host nobody has an article of yet stands for itself.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT regexp_extract(url, '^[a-z]+://([^/:?#]+)', 1) AS host, 1 AS fetches,
    (outcome NOT IN ('ok', 'not_modified'))::INTEGER AS failed, 0 AS departed, 0 AS rejected
FROM raw.fetches
WHERE run_id = $run_id AND kind = 'page' AND NOT from_cache AND started_at >= $now
UNION ALL
SELECT regexp_extract(e.url, '^[a-z]+://([^/:?#]+)', 1), 0, 0, 1, (o.outcome = 'rejected')::INTEGER
FROM ops.outcomes AS o
JOIN core.entries AS e USING (entry_id)
WHERE o.run_id = $run_id AND o.outcome IN ('new', 'changed', 'rejected')
    AND e.url IS NOT NULL AND e.page_id IS NOT NULL
    AND coalesce(o.reason, '') <> 'robots_denied';

CREATE OR REPLACE TEMP TABLE owned AS
WITH hosts AS (SELECT DISTINCT host FROM asked),
tails AS (
    SELECT host, array_to_string(list_slice(string_split(host, '.'), first, 99), '.') AS tail
    FROM (SELECT host, unnest(range(1, len(string_split(host, '.')) + 1)) AS first FROM hosts)
)
SELECT t.host, arg_max(t.tail, length(t.tail)) AS source
FROM tails AS t
SEMI JOIN core.articles AS a ON a.source = t.tail
GROUP BY t.host;

CREATE OR REPLACE TEMP TABLE counted AS
SELECT
    coalesce(s.source, 'all') AS source, time_bucket(INTERVAL 6 HOUR, $now::TIMESTAMPTZ) AS from_at,
    sum(fetches) AS fetches, sum(failed) AS failed, sum(departed) AS departed,
    sum(rejected) AS rejected
FROM (SELECT coalesce(o.source, a.host) AS source, a.* FROM asked AS a LEFT JOIN owned AS o USING (host)) AS s
GROUP BY GROUPING SETS ((s.source), ())
HAVING sum(fetches) + sum(departed) > 0;

UPDATE ops.source_fetches AS f
SET fetches = f.fetches + c.fetches, failed = f.failed + c.failed,
    departed = f.departed + c.departed, rejected = f.rejected + c.rejected
FROM counted AS c
WHERE f.source = c.source AND f.from_at = c.from_at;

INSERT INTO ops.source_fetches
SELECT c.source, c.from_at, c.fetches, c.failed, c.departed, c.rejected
FROM counted AS c
WHERE NOT EXISTS (
    SELECT 1 FROM ops.source_fetches AS f WHERE f.source = c.source AND f.from_at = c.from_at);
