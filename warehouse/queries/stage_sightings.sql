-- The `chosen` rows of staged sightings, as stage_pages makes them of a batch of a run.
CREATE OR REPLACE TEMP TABLE staged AS
SELECT p.* EXCLUDE (filename, file_row_number), p.article.article_id AS article_id,
    NULL::VARCHAR AS merge_id, false AS is_moved,
    coalesce(p.carried_page, p.page) AS made_of
FROM read_parquet($paths, filename = true, file_row_number = true) AS p
SEMI JOIN chosen USING (filename, file_row_number);

CREATE OR REPLACE TEMP TABLE leads AS
SELECT entry_id, article_id FROM led
WHERE article_id IS NOT NULL AND entry_id IN (SELECT entry_id FROM staged);
