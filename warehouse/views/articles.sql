CREATE OR REPLACE VIEW main.articles AS
SELECT
    article_id, url, canonical_url, source, feed_url, title, authors, published_at, modified_at,
    first_seen_at, last_seen_at, language, text, word_count, section, keywords, image_url,
    is_paywalled, is_truncated, version, version AS version_count, story_id, duplicate_of,
    page_id, extractor, published_raw, text_sha256, vanished_at, published_offset_minutes,
    (published_at AT TIME ZONE 'UTC' + to_minutes(coalesce(published_offset_minutes, 0)))::DATE
        AS published_on,
    coalesce(kind, 'article') AS kind
FROM core.versions
WHERE seen_until IS NULL;
COMMENT ON VIEW main.articles IS 'One row an article, in its current version.';

CREATE OR REPLACE VIEW main.article_versions AS
SELECT
    article_id, version, seen_from, seen_until, published_at, modified_at,
    title, text, text_sha256, page_id, extractor, change,
    authors, language, word_count, repeated_paragraphs, tagger, run_id
FROM core.versions;
COMMENT ON VIEW main.article_versions IS 'Every version of every article; seen_until NULL = current.';

-- No first version is a change, and the current one came before none: said here, so that a million rows
-- are not joined to find the few that changed. What stood how long is told in seconds: to subtract
-- times DuckDB asks its calendar, which took two seconds of 200,000 changes.
CREATE OR REPLACE VIEW main.changes AS
SELECT
    c.article_id, c.version, c.position, c.field, c.kind, c.was, c.now, n.change,
    o.seen_from AS was_seen_from, n.seen_from,
    (epoch_us(n.seen_from) - epoch_us(o.seen_from)) // 1000000 AS stood_s
FROM core.changes AS c
JOIN core.versions AS n
    ON n.article_id = c.article_id AND n.version = c.version AND n.version > 1
JOIN core.versions AS o
    ON o.article_id = c.article_id AND o.version = c.version - 1 AND o.seen_until IS NOT NULL;
COMMENT ON VIEW main.changes IS 'What each version changed against the one before it, a row a sentence or title.';

CREATE OR REPLACE VIEW main.article_moves AS
SELECT article_id, moved_at, was_url, now_url, evidence, run_id
FROM core.article_moves
GROUP BY ALL;
COMMENT ON VIEW main.article_moves IS 'Pages looked at again that were found at another address, still the same article, and why.';

CREATE OR REPLACE VIEW main.provenance AS
SELECT article_id, version, field, value, source, rule, chosen FROM core.provenance;
COMMENT ON VIEW main.provenance IS 'Every candidate for title, dates, authors, and why one won.';
