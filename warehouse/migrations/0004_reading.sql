-- What the views of articles and entities are asked for most lies ready in one table each: at a
-- million articles, joining an article with its current version and counting all mentions took most
-- of the time of most questions.

-- An article as it stands, beside its current version.
ALTER TABLE core.versions ADD COLUMN url VARCHAR;
ALTER TABLE core.versions ADD COLUMN canonical_url VARCHAR;
ALTER TABLE core.versions ADD COLUMN source VARCHAR;
ALTER TABLE core.versions ADD COLUMN feed_url VARCHAR;
ALTER TABLE core.versions ADD COLUMN first_seen_at TIMESTAMPTZ;
ALTER TABLE core.versions ADD COLUMN last_seen_at TIMESTAMPTZ;
ALTER TABLE core.versions ADD COLUMN vanished_at TIMESTAMPTZ;
ALTER TABLE core.versions ADD COLUMN story_id VARCHAR;
ALTER TABLE core.versions ADD COLUMN duplicate_of VARCHAR;
COMMENT ON COLUMN core.versions.url IS 'Of the current version as in core.articles; NULL = it is a former one.';
COMMENT ON COLUMN core.versions.canonical_url IS 'Of the current version as in core.articles; NULL = it is a former one.';
COMMENT ON COLUMN core.versions.source IS 'Of the current version as in core.articles; NULL = it is a former one.';
COMMENT ON COLUMN core.versions.feed_url IS 'Of the current version as in core.articles; NULL = it is a former one.';
COMMENT ON COLUMN core.versions.first_seen_at IS 'Of the current version as in core.articles; NULL = it is a former one.';
COMMENT ON COLUMN core.versions.last_seen_at IS 'Of the current version as in core.articles; NULL = it is a former one.';
COMMENT ON COLUMN core.versions.vanished_at IS 'Of the current version as in core.articles; NULL also = it is a former one.';
COMMENT ON COLUMN core.versions.story_id IS 'Of the current version as in core.articles; NULL = it is a former one.';
COMMENT ON COLUMN core.versions.duplicate_of IS 'Of the current version as in core.articles; NULL also = it is a former one.';

UPDATE core.versions AS v
SET url = a.url, canonical_url = a.canonical_url, source = a.source, feed_url = a.feed_url,
    first_seen_at = a.first_seen_at, last_seen_at = a.last_seen_at, vanished_at = a.vanished_at,
    story_id = a.story_id, duplicate_of = a.duplicate_of
FROM core.articles AS a
WHERE a.article_id = v.article_id AND a.version = v.version;

-- How often an entity is named in current versions.
ALTER TABLE core.entities ADD COLUMN aliases VARCHAR[];
ALTER TABLE core.entities ADD COLUMN mention_count BIGINT;
ALTER TABLE core.entities ADD COLUMN article_count BIGINT;
ALTER TABLE core.entities ADD COLUMN first_seen_at TIMESTAMPTZ;
ALTER TABLE core.entities ADD COLUMN last_seen_at TIMESTAMPTZ;
COMMENT ON COLUMN core.entities.aliases IS 'Every way current versions write it, sorted.';
COMMENT ON COLUMN core.entities.mention_count IS 'Mentions in current versions; 0 = only former ones have it.';
COMMENT ON COLUMN core.entities.article_count IS 'Articles whose current version mentions it.';
COMMENT ON COLUMN core.entities.first_seen_at IS 'When the first of these articles was first seen, UTC; NULL = there is none.';
COMMENT ON COLUMN core.entities.last_seen_at IS 'When the last of these articles was first seen, UTC; NULL = there is none.';

UPDATE core.entities SET aliases = [], mention_count = 0, article_count = 0;

UPDATE core.entities AS e
SET aliases = m.aliases, mention_count = m.mention_count, article_count = m.article_count,
    first_seen_at = m.first_seen_at, last_seen_at = m.last_seen_at
FROM (
    SELECT m.entity_id, list_sort(list_distinct(list(m.surface))) AS aliases,
        count(*) AS mention_count, count(DISTINCT m.article_id) AS article_count,
        min(a.first_seen_at) AS first_seen_at, max(a.first_seen_at) AS last_seen_at
    FROM core.mentions AS m
    JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
    GROUP BY m.entity_id
) AS m
WHERE m.entity_id = e.entity_id;

-- How many sorted runs the postings lie in decides when they are compacted. Runs made before they
-- were counted have a million rows each or more. (There already where 0003 was of a day between.)
ALTER TABLE core.index_state ADD COLUMN IF NOT EXISTS sorted_runs INTEGER;
UPDATE core.index_state
SET sorted_runs = ceil((SELECT count(*) FROM core.postings) / 1000000)::INTEGER
WHERE sorted_runs IS NULL;
COMMENT ON TABLE core.index_state IS 'One row: how far documents are numbered, and what decides when postings are compacted.';
COMMENT ON COLUMN core.index_state.sorted_runs IS 'Sorted runs core.postings consists of, reckoned where they were made before they were counted; 0 = it is empty, or was never sorted.';
COMMENT ON TABLE core.postings IS 'Where each word stands, in runs sorted by stem and form; those of documents that are gone go at the next compaction.';
