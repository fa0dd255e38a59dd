-- Widen $since to the beginning of every run whose rows were published only after it.
-- An interrupted or failed run's rows are published with the next run that completes.
CREATE OR REPLACE TEMP TABLE export_since AS
SELECT least($since, min(started_at) FILTER (coalesce(visible_at > $since, true))) AS since_at
FROM (
    SELECT
        started_at,
        min(finished_at) FILTER (state IN ('completed', 'completed_with_bugs')) OVER (
            ORDER BY started_at ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS visible_at
    FROM main.runs
);

CREATE OR REPLACE TEMP TABLE export_runs AS
SELECT run_id FROM main.runs, export_since WHERE started_at >= since_at OR finished_at >= since_at;

-- With the stories they are in: a new copy changes story_id and duplicate_of of the others.
CREATE OR REPLACE TEMP TABLE export_articles AS
WITH seen AS (
    SELECT article_id, story_id FROM main.articles, export_since WHERE last_seen_at >= since_at
)
SELECT article_id FROM main.articles WHERE story_id IN (SELECT story_id FROM seen)
UNION
SELECT article_id FROM seen;

CREATE OR REPLACE TEMP TABLE export_versions AS
SELECT article_id, version FROM main.article_versions, export_since WHERE seen_from >= since_at;

SELECT since_at FROM export_since;
