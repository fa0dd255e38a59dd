-- What versions are made by, once; before load_pages, in its transaction, and only where there are
-- versions to be made by it.
INSERT INTO core.derivations
SELECT $derivation_id, $extractor, $feed_extractor, $fingerprinter, $tagger, $deduplicator,
    $newshouse_version, $settings_json, $libraries_json, $now::TIMESTAMPTZ
WHERE NOT EXISTS (SELECT 1 FROM core.derivations WHERE derivation_id = $derivation_id)
    AND EXISTS (SELECT 1 FROM decided WHERE verdict IN ('new', 'changed'));
