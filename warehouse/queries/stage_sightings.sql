-- The `chosen` rows of staged sightings, as stage_pages makes them of a batch of a run.
CREATE OR REPLACE TEMP TABLE staged AS
SELECT p.* EXCLUDE (filename, file_row_number), p.article.article_id AS article_id,
    NULL::VARCHAR AS merge_id, coalesce(p.carried_page, p.page) AS made_of
FROM read_parquet($paths, filename = true, file_row_number = true) AS p
SEMI JOIN chosen USING (filename, file_row_number);
