-- The postings of a batch large enough to be a sorted run of its own (see sort_postings).
INSERT INTO core.postings FROM posted ORDER BY stem_start, stem_key, form_key;

UPDATE core.index_state SET sorted_runs = sorted_runs + 1;
