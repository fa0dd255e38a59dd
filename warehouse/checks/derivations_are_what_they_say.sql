-- Every derivation is there, bears the id of its own parts (records.make_id: length-prefixed parts,
-- the first 60 bits of their SHA-256 in base32), and made what its versions say they were made by.
WITH named AS (
    SELECT derivation_id, list_aggregate(
        list_transform(
            ['derivation', extractor, feed_extractor, fingerprinter, tagger, deduplicator,
                newshouse_version, settings_json, libraries_json],
            lambda part: length(part) || ':' || part),
        'string_agg', '') AS name
    FROM core.derivations
),
digested AS (
    SELECT derivation_id, ('0x' || sha256(name)[1:15])::UBIGINT AS bits FROM named
)
SELECT
    'derivation ' || derivation_id AS subject,
    'its parts are not those it was named by' AS detail
FROM digested
WHERE derivation_id <> list_aggregate(
    list_transform(
        range(55, -1, -5),
        lambda place: substr(
            'abcdefghijklmnopqrstuvwxyz234567', ((bits // (1 << place)) % 32 + 1)::INTEGER, 1)),
    'string_agg', '')
UNION ALL
SELECT 'derivation ' || derivation_id, count(*) || ' rows with this id'
FROM core.derivations GROUP BY derivation_id HAVING count(*) > 1
UNION ALL
SELECT
    'article ' || v.article_id || ' version ' || v.version,
    CASE
        WHEN d.derivation_id IS NULL THEN 'its derivation ' || v.derivation_id || ' is not there'
        ELSE 'says ' || v.extractor || ' and ' || v.tagger || ', its derivation '
            || d.extractor || ' and ' || d.tagger
    END
FROM core.versions AS v
LEFT JOIN core.derivations AS d USING (derivation_id)
WHERE v.derivation_id IS NOT NULL
    AND (d.derivation_id IS NULL
        OR v.tagger <> d.tagger
        OR NOT (v.extractor IN (d.extractor, d.feed_extractor)
            OR ends_with(v.extractor, '/' || d.extractor)));
