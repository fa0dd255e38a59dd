-- Old polls that brought nothing are dropped, and what is over of hosts. Those that brought a
-- document stay (it names their run and address), and so do the fetches of article pages: a
-- rebuild needs them.
CREATE OR REPLACE TEMP TABLE dropped AS
SELECT f.fetch_id, f.run_id
FROM raw.fetches AS f
ANTI JOIN raw.pages AS p ON p.run_id = f.run_id AND p.url = f.url
WHERE f.kind IN ('feed', 'robots') AND f.started_at < $before;

DELETE FROM raw.fetches WHERE fetch_id IN (SELECT fetch_id FROM dropped);

UPDATE ops.runs SET pruned_at = $now WHERE run_id IN (SELECT run_id FROM dropped);
