-- Where a row came from: by which rules, settings and libraries each version was made, and which
-- archived feed document each state of an entry stood in.

CREATE TABLE core.derivations (
    derivation_id VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    feed_extractor VARCHAR NOT NULL,
    fingerprinter VARCHAR NOT NULL,
    tagger VARCHAR NOT NULL,
    deduplicator VARCHAR NOT NULL,
    newshouse_version VARCHAR NOT NULL,
    settings_json VARCHAR NOT NULL,
    libraries_json VARCHAR NOT NULL,
    first_used_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE core.derivations IS 'What made articles of pages: rules, settings and libraries; append-only.';
COMMENT ON COLUMN core.derivations.derivation_id IS 'Id of the derivation: of all its columns but first_used_at.';
COMMENT ON COLUMN core.derivations.extractor IS 'Edition of the rules that read text and metadata off pages.';
COMMENT ON COLUMN core.derivations.feed_extractor IS 'Edition of the rules that make articles of what feeds carry.';
COMMENT ON COLUMN core.derivations.fingerprinter IS 'Edition of the rules for repeated paragraphs, hashes and shingles.';
COMMENT ON COLUMN core.derivations.tagger IS 'Edition of the rules that mark names and dates.';
COMMENT ON COLUMN core.derivations.deduplicator IS 'Edition of the rules that make pairs and stories; a pair is made by that of the version loaded later.';
COMMENT ON COLUMN core.derivations.newshouse_version IS 'Version of newshouse.';
COMMENT ON COLUMN core.derivations.settings_json IS 'The settings that decide a result, as a JSON object by section.key.';
COMMENT ON COLUMN core.derivations.libraries_json IS 'Versions of the libraries that decide a result, as a JSON object by name.';
COMMENT ON COLUMN core.derivations.first_used_at IS 'When the run began that first made a version by it, UTC.';

ALTER TABLE core.versions ADD COLUMN derivation_id VARCHAR;
COMMENT ON COLUMN core.versions.derivation_id IS 'What it was made by; NULL = made before that was recorded.';

ALTER TABLE raw.entries ADD COLUMN page_id VARCHAR;
COMMENT ON COLUMN raw.entries.page_id IS 'The archived feed document it stands in; NULL = loaded before that was recorded, from one of several sitemaps.';

-- Of what was loaded before: where a feed was answered with one document in a run, it is that one.
UPDATE raw.entries AS e SET page_id = p.page_id
FROM (
    SELECT run_id, url, min(page_id) AS page_id
    FROM raw.pages WHERE kind = 'feed' GROUP BY run_id, url HAVING count(*) = 1
) AS p
JOIN ops.feeds AS f ON p.url IN (f.feed_url, f.address)
WHERE e.run_id = p.run_id AND e.feed_url = f.feed_url
    AND f.format <> 'sitemap';
