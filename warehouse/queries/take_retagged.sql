-- Versions tagged anew: their old names and dates go, the new ones are in `kept` for load_tags.
CREATE OR REPLACE TEMP TABLE kept AS
SELECT article_id, version, tagger, mentions, dates FROM read_parquet($path);

DELETE FROM core.mentions AS m USING kept AS k
WHERE m.article_id = k.article_id AND m.version = k.version;

DELETE FROM core.dates AS d USING kept AS k
WHERE d.article_id = k.article_id AND d.version = k.version;

UPDATE core.versions AS v SET tagger = k.tagger
FROM kept AS k
WHERE v.article_id = k.article_id AND v.version = k.version AND v.tagger <> k.tagger;

CREATE OR REPLACE TEMP TABLE called AS SELECT unnest(mentions) AS m FROM kept;
