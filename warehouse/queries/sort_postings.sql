-- Fresh postings become a sorted run. Worth its sort once its rows fill several row groups: a
-- search reads at least one row group of every run.
INSERT INTO core.postings
FROM core.fresh_postings
ORDER BY stem_start, stem_key, form_key;

DELETE FROM core.fresh_postings;

UPDATE core.index_state SET sorted_runs = sorted_runs + 1;
