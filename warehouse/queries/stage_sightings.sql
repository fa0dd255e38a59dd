-- The `chosen` rows of staged sightings, as stage_pages makes them of a batch of a run.
SET VARIABLE staged_paths = $paths;

CREATE OR REPLACE TEMP TABLE taken AS SELECT filename, file_row_number FROM chosen;

CREATE OR REPLACE TEMP VIEW incoming AS
SELECT p.* EXCLUDE (filename, file_row_number)
FROM read_parquet(getvariable('staged_paths'), filename = true, file_row_number = true) AS p
SEMI JOIN taken USING (filename, file_row_number);

CREATE OR REPLACE TEMP VIEW spelled AS
SELECT unnest(words, recursive := true) FROM read_parquet(getvariable('staged_paths'));

CREATE OR REPLACE TEMP TABLE leads AS
SELECT entry_id, article_id FROM led
WHERE article_id IS NOT NULL AND entry_id IN (SELECT entry_id FROM incoming);
