CREATE OR REPLACE VIEW main.articles AS
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url,
    v.title, v.authors, v.published_at, v.modified_at,
    a.first_seen_at, a.last_seen_at, v.language, v.text, v.word_count,
    v.section, v.keywords, v.image_url, v.is_paywalled, v.is_truncated,
    a.version, a.version AS version_count, a.story_id, a.duplicate_of,
    v.page_id, v.extractor, v.published_raw, v.text_sha256, a.vanished_at
FROM core.articles AS a
JOIN core.versions AS v USING (article_id, version);
COMMENT ON VIEW main.articles IS 'One row an article, in its current version.';

CREATE OR REPLACE VIEW main.article_versions AS
SELECT
    article_id, version, seen_from, seen_until, published_at, modified_at,
    title, text, text_sha256, page_id, extractor, change,
    authors, language, word_count, repeated_paragraphs, tagger, run_id
FROM core.versions;
COMMENT ON VIEW main.article_versions IS 'Every version of every article; seen_until NULL = current.';

CREATE OR REPLACE VIEW main.provenance AS
SELECT article_id, version, field, value, source, rule, chosen FROM core.provenance;
COMMENT ON VIEW main.provenance IS 'Every candidate for title, dates, authors, and why one won.';
