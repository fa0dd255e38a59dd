-- How many postings a batch adds, and how many are not sorted yet.
SELECT coalesce((SELECT sum(posting_count) FROM numbered), 0)::BIGINT AS posted_rows,
    (SELECT count(*) FROM core.fresh_postings) AS fresh_rows;
