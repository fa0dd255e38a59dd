-- The postings of a batch, to be sorted with those of others.
INSERT INTO core.fresh_postings FROM posted;
