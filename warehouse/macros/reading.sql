CREATE OR REPLACE MACRO main.as_of(t) AS TABLE
SELECT
    a.article_id, a.url, a.canonical_url, a.source, a.feed_url, v.title, v.authors,
    v.published_at, v.modified_at, a.first_seen_at, v.language, v.text, v.word_count,
    v.section, v.keywords, v.is_paywalled, v.is_truncated, v.version, v.page_id
FROM core.articles AS a
JOIN core.versions AS v USING (article_id)
WHERE v.seen_from <= t::TIMESTAMPTZ
    AND (v.seen_until IS NULL OR v.seen_until > t::TIMESTAMPTZ);

CREATE OR REPLACE MACRO main.story(article) AS TABLE
SELECT a.*
FROM main.articles AS a
WHERE a.story_id = (SELECT s.story_id FROM core.articles AS s WHERE s.article_id = article)
ORDER BY a.published_at NULLS LAST, a.article_id;

CREATE OR REPLACE MACRO main.between_dates(first_on, last_on) AS TABLE
SELECT a.*, d.surface AS date_surface, d.date_from, d.date_to
FROM core.dates AS d
JOIN main.articles AS a ON a.article_id = d.article_id AND a.version = d.version
WHERE d.date_from <= last_on::DATE AND d.date_to >= first_on::DATE
ORDER BY d.date_from, a.article_id;
