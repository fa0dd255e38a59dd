-- Rows of the index: sorted ones, those not sorted yet, and those a document still needs.
SELECT
    (SELECT count(*) FROM core.postings) AS sorted_rows,
    (SELECT count(*) FROM core.fresh_postings) AS fresh_rows,
    (SELECT coalesce(sum(posting_count), 0)::BIGINT FROM core.documents) AS live_rows;
