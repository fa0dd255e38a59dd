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

CREATE OR REPLACE VIEW main.changes AS
SELECT
    c.article_id, c.version, c.position, c.field, c.kind, c.was, c.now, n.change,
    o.seen_from AS was_seen_from, n.seen_from
FROM core.changes AS c
JOIN core.versions AS n ON n.article_id = c.article_id AND n.version = c.version
JOIN core.versions AS o ON o.article_id = c.article_id AND o.version = c.version - 1;
COMMENT ON VIEW main.changes IS 'What each version changed against the one before it, a row a sentence or title.';

CREATE OR REPLACE VIEW main.article_moves AS
SELECT article_id, moved_at, was_url, now_url, evidence, run_id
FROM core.article_moves
GROUP BY ALL;
COMMENT ON VIEW main.article_moves IS 'Pages looked at again that were found at another address, still the same article, and why.';

CREATE OR REPLACE VIEW main.provenance AS
SELECT article_id, version, field, value, source, rule, chosen FROM core.provenance;
COMMENT ON VIEW main.provenance IS 'Every candidate for title, dates, authors, and why one won.';
