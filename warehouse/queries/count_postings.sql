-- Rows of the index: sorted ones, those not sorted yet, and those a document still needs; and the
-- runs the sorted ones lie in. Cheap at any size: it reads counts, and four bytes a document.
SELECT
    (SELECT count(*) FROM core.postings) AS sorted_rows,
    (SELECT count(*) FROM core.fresh_postings) AS fresh_rows,
    (SELECT coalesce(sum(posting_count), 0)::BIGINT FROM core.documents) AS live_rows,
    (SELECT sorted_runs FROM core.index_state) AS sorted_runs;
