-- Counts are taken from what was loaded, not from what was intended; a killed run has them too.
UPDATE ops.runs
SET pages_fetched = (
        SELECT count(*) FROM raw.pages WHERE run_id = $run_id AND kind = 'page'),
    articles_new = (
        SELECT count(*) FROM ops.outcomes WHERE run_id = $run_id AND outcome = 'new'),
    articles_changed = (
        SELECT count(*) FROM ops.outcomes WHERE run_id = $run_id AND outcome = 'changed'),
    rejected = (
        SELECT count(*) FROM ops.outcomes WHERE run_id = $run_id AND outcome = 'rejected'),
    bugs = (
        SELECT count(*) FROM ops.outcomes WHERE run_id = $run_id AND outcome = 'bug'),
    duplicates = (
        SELECT count(*) FROM core.versions AS v JOIN core.articles AS a USING (article_id)
        WHERE v.run_id = $run_id AND v.version = 1 AND a.duplicate_of IS NOT NULL),
    bytes_received = (
        SELECT coalesce(sum(received_bytes), 0) FROM raw.fetches WHERE run_id = $run_id)
WHERE run_id = $run_id;
