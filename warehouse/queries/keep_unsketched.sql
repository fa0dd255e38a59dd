-- As find_candidates takes in what is loaded.
CREATE OR REPLACE TEMP TABLE kept AS
SELECT article_id, version, 'changed' AS verdict, shingles, sketch FROM unsketched;
