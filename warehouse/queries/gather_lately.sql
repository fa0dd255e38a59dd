-- The last articles of each source within thirty days, what alarms compare with its norm; and one
-- row a kind and subject of what holds now: to raise it, or only to leave on what is on.
-- Seconds are subtracted, not times: for those DuckDB asks its calendar, 10 us each.
CREATE OR REPLACE TEMP TABLE lately AS
SELECT
    a.source, a.first_seen_at, ln(1 + v.word_count) AS words, v.word_count,
    v.published_at IS NULL AS is_undated, len(v.authors) = 0 AS is_unsigned,
    v.section IS NULL AS is_unsectioned, v.is_truncated,
    regexp_matches(v.extractor, '^(feed-|json-ld/|paragraphs/)') AS is_fallback,
    epoch(v.seen_from) - epoch(v.published_at) AS lag_s
FROM (
    SELECT article_id, source, first_seen_at FROM core.articles
    WHERE first_seen_at >= $now::TIMESTAMPTZ - INTERVAL 30 DAY
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY first_seen_at DESC) <= $drift_articles
) AS a
JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = 1
WHERE v.seen_from >= $now::TIMESTAMPTZ - INTERVAL 30 DAY;

CREATE OR REPLACE TEMP TABLE holding (
    kind VARCHAR, subject VARCHAR, detail VARCHAR, measure DOUBLE, is_raised BOOLEAN);
