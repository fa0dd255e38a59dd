-- `rederived` (was_id, derivation_id and all of a derivation): by what the versions in `$paths` are
-- made now, a part of them by other rules than the rest.
INSERT INTO core.derivations
SELECT DISTINCT r.derivation_id, r.extractor, r.feed_extractor, r.fingerprinter, r.tagger,
    r.deduplicator, r.newshouse_version, r.settings_json, r.libraries_json, $now::TIMESTAMPTZ
FROM rederived AS r
ANTI JOIN core.derivations AS d ON d.derivation_id = r.derivation_id;

UPDATE core.versions AS v SET derivation_id = r.derivation_id
FROM rederived AS r
WHERE v.derivation_id = r.was_id
    AND (v.article_id, v.version) IN (SELECT (article_id, version) FROM read_parquet($paths));
