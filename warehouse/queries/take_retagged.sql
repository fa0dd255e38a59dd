-- Versions tagged anew: their old names and dates go, the new ones are in `told` for load_tags.
SET VARIABLE staged_path = $path::VARCHAR;

CREATE OR REPLACE TEMP VIEW told AS
SELECT article_id, version, tagger, mentions, dates
FROM read_parquet(getvariable('staged_path'));

DELETE FROM core.mentions AS m USING told AS k
WHERE m.article_id = k.article_id AND m.version = k.version;

DELETE FROM core.dates AS d USING told AS k
WHERE d.article_id = k.article_id AND d.version = k.version;

UPDATE core.versions AS v SET tagger = k.tagger
FROM told AS k
WHERE v.article_id = k.article_id AND v.version = k.version AND v.tagger <> k.tagger;

CREATE OR REPLACE TEMP VIEW called AS SELECT unnest(mentions) AS m FROM told;
