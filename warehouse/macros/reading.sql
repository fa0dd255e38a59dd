CREATE OR REPLACE MACRO main.as_of(t) AS TABLE
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url, v.title, v.authors,
    v.published_at, v.modified_at, a.first_seen_at, v.language, v.text, v.word_count,
    v.section, v.keywords, v.is_paywalled, v.is_truncated, v.version, v.page_id,
    v.image_url, v.extractor, v.published_raw, v.text_sha256, v.change, v.seen_from, v.seen_until
FROM core.articles AS a
JOIN core.versions AS v USING (article_id)
WHERE v.seen_from <= t::TIMESTAMPTZ
    AND (v.seen_until IS NULL OR v.seen_until > t::TIMESTAMPTZ);
COMMENT ON MACRO TABLE main.as_of IS
    'Articles as the warehouse knew them at t; without stories, duplicates and vanished_at, which are known as they are now only.';

-- The second axis. A version is stated from the later of its two times; where it names none newer
-- than the versions before it (a silent edit), or one after we saw it, from when we first saw it.
CREATE OR REPLACE MACRO main.as_published(seen_at, published_by) AS TABLE
WITH stated AS (
    SELECT article_id, version, seen_from, greatest(published_at, modified_at) AS claimed_at
    FROM core.versions
    WHERE seen_from <= seen_at::TIMESTAMPTZ
),
dated AS (
    SELECT article_id, version,
        least(seen_from, CASE WHEN claimed_at > coalesce(max(claimed_at) OVER earlier, '-infinity')
            THEN claimed_at ELSE seen_from END) AS stated_at
    FROM stated
    WINDOW earlier AS (
        PARTITION BY article_id ORDER BY version
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
chosen AS (
    SELECT article_id, max(version) AS version, arg_max(stated_at, version) AS stated_at
    FROM dated
    WHERE stated_at <= published_by::TIMESTAMPTZ
    GROUP BY article_id
)
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url, v.title, v.authors,
    v.published_at, v.modified_at, v.language, v.text, v.word_count, v.section, v.keywords,
    v.is_paywalled, v.is_truncated, v.version, v.page_id, v.image_url, v.extractor,
    v.published_raw, v.text_sha256, v.change, v.seen_from, v.seen_until, c.stated_at
FROM chosen AS c
JOIN core.articles AS a USING (article_id)
JOIN core.versions AS v ON v.article_id = c.article_id AND v.version = c.version;
COMMENT ON MACRO TABLE main.as_published IS
    'Of what the warehouse knew at seen_at, what publishers had stated by published_by, by their own times; stated_at says from when.';

CREATE OR REPLACE MACRO main.between_dates(first_on, last_on) AS TABLE
SELECT a.*, d.surface AS date_surface, d.date_from, d.date_to, d.timex_mod
FROM core.dates AS d
JOIN main.articles AS a ON a.article_id = d.article_id AND a.version = d.version
WHERE d.date_from <= last_on::DATE AND d.date_to >= first_on::DATE
ORDER BY d.date_from, a.article_id;
