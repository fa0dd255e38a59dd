-- Of old runs, how entries left that are no more than a look: nothing new was learned. Those that
-- made or changed an article, were rejected or hit a bug stay.
CREATE OR REPLACE TEMP TABLE dropped AS
SELECT DISTINCT run_id
FROM ops.outcomes
SEMI JOIN (
    SELECT run_id FROM ops.runs WHERE started_at < $before AND state <> 'running'
) USING (run_id)
WHERE outcome IN ('unchanged', 'known', 'deferred', 'failed');

DELETE FROM ops.outcomes
WHERE outcome IN ('unchanged', 'known', 'deferred', 'failed')
    AND run_id IN (SELECT run_id FROM dropped);

UPDATE ops.runs SET outcomes_pruned_at = $now WHERE run_id IN (SELECT run_id FROM dropped);
