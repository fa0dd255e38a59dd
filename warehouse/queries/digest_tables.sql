-- Of each table what does not depend on the order of its rows: their number and the sums of both
-- halves of the MD5 of each (a sum, so that a row twice is not a row never). A row is its columns,
-- each with its length before it: ('a', 'bc') is not ('ab', 'c'), and NULL is neither '' nor '-'.
-- Times are microseconds since 1970, fractions millionths: no time zone and no way of printing
-- floats is part of it. hash() and md5_number_lower() are not used: they are the database's own
-- and change with its versions, MD5 in hex does not.
CREATE OR REPLACE TEMP MACRO framed(field) AS
    coalesce(strlen(field::VARCHAR) || ':' || field::VARCHAR, '-');

CREATE OR REPLACE TEMP MACRO framed_list(items) AS
    coalesce(len(items) || '[' || array_to_string(
        list_transform(items, lambda item: framed(item)), ''), '-');

CREATE OR REPLACE TEMP MACRO framed_time(moment) AS framed(epoch_us(moment));

CREATE OR REPLACE TEMP MACRO framed_fraction(part) AS framed(round(part * 1000000)::BIGINT);

WITH lines AS (
    -- What was read, whenever that was, and wherever it was read first.
    SELECT 'articles' AS name,
        framed(article_id) || framed(canonical_url) || framed(source) || framed(version)
        || framed(duplicate_of) || framed(story_id) AS line
    FROM core.articles
    UNION ALL
    SELECT 'article_urls', framed(url_id) || framed(article_id)
    FROM core.article_urls
    UNION ALL
    SELECT 'versions',
        framed(article_id) || framed(version) || framed_time(published_at)
        || framed(published_raw) || framed_time(modified_at) || framed(title)
        || framed_list(authors) || framed(language) || framed(text) || framed(text_sha256)
        || framed(content_hash) || framed(word_count) || framed(section) || framed_list(keywords)
        || framed(image_url) || framed(is_paywalled) || framed(is_truncated)
        || framed(declared_canonical_url) || framed(repeated_paragraphs) || framed(extractor)
        || framed(tagger) || framed(change) || framed(published_offset_minutes) || framed(kind)
    FROM core.versions
    UNION ALL
    SELECT 'changes',
        framed(article_id) || framed(version) || framed(position) || framed(field)
        || framed(kind) || framed(was) || framed(now)
    FROM core.changes
    UNION ALL
    SELECT 'provenance',
        framed(article_id) || framed(version) || framed(field) || framed(value) || framed(source)
        || framed(rule) || framed(chosen)
    FROM core.provenance
    UNION ALL
    SELECT 'mentions',
        framed(article_id) || framed(version) || framed(entity_id) || framed(kind)
        || framed(surface) || framed(start_char) || framed(end_char) || framed_fraction(score)
    FROM core.mentions
    UNION ALL
    SELECT 'entities',
        framed(entity_id) || framed(name) || framed(kind) || framed(country_code)
    FROM core.entities SEMI JOIN core.mentions USING (entity_id)
    UNION ALL
    SELECT 'dates',
        framed(article_id) || framed(version) || framed(surface) || framed(start_char)
        || framed(end_char) || framed(timex_type) || framed(timex_value) || framed(date_from)
        || framed(date_to) || framed(timex_mod)
    FROM core.dates
    UNION ALL
    SELECT 'duplicates',
        framed(article_id) || framed(other_id) || framed(kind) || framed_fraction(jaccard)
        || framed_fraction(containment) || framed_fraction(score) || framed(common_words)
        || framed(facts_aligned) || framed(facts_agreed) || framed_fraction(title_overlap)
        || framed(rule)
    FROM core.duplicate_pairs
    UNION ALL
    SELECT 'stories', framed(original_id) || framed(story_id) || framed(is_central)
    FROM core.event_stories
    UNION ALL
    -- Of two entries of one article, which is `new` and which `known` is a matter of order.
    SELECT 'entries',
        framed(entry_id) || framed(feed_url) || framed(guid) || framed(url) || framed(title)
        || framed(published_raw) || framed_time(published_at) || framed_list(authors)
        || framed(fingerprint) || framed(carried_chars) || framed(article_id)
        || framed(CASE WHEN article_id IS NULL THEN outcome END)
        || framed(CASE WHEN article_id IS NULL THEN reason END)
    FROM core.entries
    UNION ALL
    -- When and where it was read: what only the same sightings make equal.
    SELECT 'history.articles',
        framed(article_id) || framed(url) || framed(feed_url) || framed_time(first_seen_at)
        || framed_time(last_seen_at) || framed_time(vanished_at)
    FROM core.articles
    UNION ALL
    SELECT 'history.article_urls', framed(url_id) || framed(url) || framed(merge_id)
    FROM core.article_urls
    UNION ALL
    SELECT 'history.article_moves',
        framed(article_id) || framed(url_id) || framed_time(moved_at) || framed(was_url)
        || framed(now_url) || framed(evidence)
    FROM core.article_moves
    UNION ALL
    SELECT 'history.versions',
        framed(article_id) || framed(version) || framed_time(seen_from)
        || framed_time(seen_until) || framed(page_id)
    FROM core.versions
    UNION ALL
    SELECT 'history.entries',
        framed(entry_id) || framed_time(first_seen_at) || framed(page_id)
    FROM core.entries
    UNION ALL
    SELECT 'history.entry_states',
        framed(entry_id) || framed_time(seen_at) || framed(feed_url) || framed(guid) || framed(url)
        || framed(title) || framed(published_raw) || framed(updated_raw) || framed_list(authors)
        || framed(summary) || framed(content_html) || framed(fingerprint)
    FROM raw.entries
    UNION ALL
    SELECT 'history.entry_merges',
        framed(merge_id) || framed(entry_id) || framed_time(merged_at) || framed(reason)
        || framed(evidence) || framed(was_guid) || framed(was_url) || framed(was_title)
        || framed(now_guid) || framed(now_url) || framed(now_title) || framed_time(split_at)
    FROM core.entry_merges
    UNION ALL
    SELECT 'history.pages',
        framed(page_id) || framed(kind) || framed(url) || framed(final_url)
        || framed_time(fetched_at) || framed(status) || framed(sha256) || framed(body_bytes)
        || framed(content_type) || framed(charset) || framed(etag) || framed(last_modified)
    FROM raw.pages
    UNION ALL
    SELECT 'history.usage_signals',
        framed(page_id) || framed(source) || framed(name) || framed(value)
    FROM raw.usage_signals
    UNION ALL
    SELECT 'history.sightings',
        framed(entry_id) || framed(leader_id) || framed(page_id) || framed(carried_page_id)
        || framed(asked_url) || framed(same_as_url) || framed(feed_url) || framed(title)
        || framed(published_raw) || framed_time(published_at) || framed_list(authors)
    FROM raw.sightings
)
SELECT
    name,
    count(*) AS row_count,
    sum(('0x' || digest[1:16])::UBIGINT) AS first_half,
    sum(('0x' || digest[17:32])::UBIGINT) AS second_half
FROM (SELECT name, md5(line) AS digest FROM lines)
GROUP BY name
ORDER BY name;
