-- What the articles made anew mean for what points at them. `led` says which article each entry
-- came to, `was` is the warehouse before.
UPDATE core.entries AS e
SET article_id = l.article_id,
    outcome = CASE WHEN l.article_id IS NULL THEN 'rejected'
        WHEN e.article_id IS NULL THEN 'new' ELSE e.outcome END,
    reason = CASE WHEN l.article_id IS NULL THEN coalesce(l.reason, 'not_an_article')
        WHEN e.article_id IS NOT NULL THEN e.reason END,
    detail = CASE WHEN l.article_id IS NULL THEN l.detail
        WHEN e.article_id IS NULL THEN 'made from the archive by a replay' ELSE e.detail END
FROM led AS l
WHERE l.entry_id = e.entry_id AND l.article_id IS DISTINCT FROM e.article_id;

-- Entries that were known by their address alone.
UPDATE core.entries AS e
SET article_id = k.article_id,
    outcome = CASE WHEN k.article_id IS NULL THEN 'rejected' ELSE e.outcome END,
    reason = CASE WHEN k.article_id IS NULL THEN 'not_an_article' ELSE e.reason END
FROM (
    SELECT x.entry_id, u.article_id
    FROM core.entries AS x
    LEFT JOIN core.article_urls AS u ON u.url_id = x.url_id
    WHERE x.article_id IS NOT NULL
        AND x.article_id NOT IN (SELECT article_id FROM core.articles)
) AS k
WHERE k.entry_id = e.entry_id;

DELETE FROM core.entities WHERE entity_id NOT IN (SELECT entity_id FROM core.mentions);

UPDATE core.articles AS a SET vanished_at = w.vanished_at
FROM was.core.articles AS w
WHERE w.article_id = a.article_id AND w.vanished_at IS NOT NULL;

UPDATE ops.runs SET replayed_at = $now
WHERE run_id IN (
    SELECT run_id
    FROM (
        SELECT run_id, version = 1 AS is_first, count(*) AS versions FROM core.versions GROUP BY ALL
    ) AS n
    FULL JOIN (
        SELECT run_id, version = 1 AS is_first, count(*) AS versions
        FROM was.core.versions GROUP BY ALL
    ) AS w USING (run_id, is_first)
    WHERE n.versions IS DISTINCT FROM w.versions);

-- Only a run that was killed is gone on for.
DELETE FROM ops.hearings WHERE run_id IN (
    SELECT run_id FROM ops.runs WHERE started_at <= (
        SELECT max(started_at) FROM ops.runs
        WHERE flow = 'ingest' AND state NOT IN ('running', 'interrupted')));

INSERT INTO ops.runs (run_id, flow, state, started_at, finished_at, newshouse_version, seconds)
VALUES ($run_id, $flow, 'completed', $now, $finished_at, $version,
    epoch($finished_at::TIMESTAMPTZ - $now::TIMESTAMPTZ));

CREATE OR REPLACE TEMP TABLE touched AS SELECT article_id FROM core.articles;

CREATE OR REPLACE TEMP TABLE recounted AS SELECT entity_id FROM core.entities;
