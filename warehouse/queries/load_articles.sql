-- The articles of a batch: `decided` says what each extracted article of `staged` is to the
-- warehouse: new, changed or same. Nothing here asks how a page was had, so that a replay from the
-- archive loads by the same lines as a run.
UPDATE core.versions AS v
SET seen_until = d.seen_from, url = NULL, canonical_url = NULL, source = NULL, feed_url = NULL,
    first_seen_at = NULL, last_seen_at = NULL, vanished_at = NULL, story_id = NULL,
    duplicate_of = NULL
FROM decided AS d
WHERE d.verdict = 'changed' AND v.article_id = d.article_id AND v.seen_until IS NULL;

INSERT INTO core.versions
SELECT d.article_id, d.version, d.seen_from, NULL, d.run_id, a.published_at, a.published_raw,
    a.modified_at, a.title, a.authors, a.language, a.text, a.text_sha256, a.content_hash,
    a.word_count, a.section, a.keywords, a.image_url, a.is_paywalled, a.is_truncated,
    a.declared_canonical_url, a.repeated_paragraphs, d.page_id, a.extractor, a.tagger, d.change,
    $derivation_id,
    -- As of a new article; of others settle_current says it, as of all that changes later.
    a.url, a.canonical_url, a.source, a.feed_url, d.seen_from, d.last_seen, NULL, d.article_id, NULL,
    a.published_offset_minutes, a.kind
FROM decided AS d JOIN (SELECT entry_id, unnest(article) FROM staged) AS a USING (entry_id)
WHERE d.verdict IN ('new', 'changed');

INSERT INTO core.articles
SELECT d.article_id, a.url, a.canonical_url, a.source, a.feed_url, d.seen_from, d.last_seen, 1,
    NULL, d.article_id, NULL
FROM decided AS d JOIN (SELECT entry_id, unnest(article) FROM staged) AS a USING (entry_id)
WHERE d.verdict = 'new' AND NOT d.is_standing;

UPDATE core.articles AS a
SET last_seen_at = greatest(a.last_seen_at, d.last_seen),
    version = CASE WHEN d.verdict <> 'same' THEN d.version ELSE a.version END
FROM decided AS d
WHERE d.is_standing AND a.article_id = d.article_id;

INSERT INTO core.article_urls
SELECT DISTINCT ON (u.url_id) u.url_id, u.article_id, u.url, u.merge_id, u.run_id
FROM addresses AS u
WHERE NOT EXISTS (SELECT 1 FROM core.article_urls AS k WHERE k.url_id = u.url_id)
ORDER BY u.url_id, u.article_id <> u.url_id, NOT u.is_moved, u.article_id, u.url, u.merge_id;

CREATE OR REPLACE TEMP TABLE kept AS
SELECT d.article_id, d.version, d.verdict, s.shingles, s.sketch
FROM decided AS d JOIN incoming AS s USING (entry_id)
WHERE d.verdict IN ('new', 'changed');

-- What is told of them, read where it is staged: tables of it would take longer to write than to load.
CREATE OR REPLACE TEMP VIEW told AS
SELECT d.article_id, d.version, s.mentions, s.dates, s.claims, s.indexed, s.event_keys,
    s.event_weights
FROM incoming AS s JOIN decided AS d USING (entry_id)
WHERE d.verdict IN ('new', 'changed');

CREATE OR REPLACE TEMP VIEW called AS SELECT unnest(mentions) AS m FROM staged;

INSERT INTO core.provenance
SELECT article_id, version, c.field, c.value, c.source, c.rule, c.is_chosen
FROM (SELECT article_id, version, unnest(claims) AS c FROM told);

-- Where redirects led to another entry's page: that page's article is found here, too.
INSERT INTO core.article_urls
SELECT DISTINCT ON (s.asked.url_id) s.asked.url_id, k.article_id, s.asked.url, NULL, s.run_id
FROM staged AS s
JOIN core.article_urls AS k ON k.url_id = s.same_as.url_id
WHERE NOT EXISTS (SELECT 1 FROM core.article_urls AS o WHERE o.url_id = s.asked.url_id)
ORDER BY s.asked.url_id, k.article_id, s.asked.url;
