-- Stories are what tells of one event (docs/stories.md): articles that repeat nothing, grouped by the
-- words they share, and their copies. Until here a story was an article and its copies. Older
-- warehouses are grouped at their next opening.
CREATE TABLE core.event_leads (
    article_no INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    published_at TIMESTAMPTZ,
    norm DOUBLE NOT NULL
);
COMMENT ON TABLE core.event_leads IS 'What stories are made of: articles that repeat no other, in their current version.';
COMMENT ON COLUMN core.event_leads.article_no IS 'Short for the article in core.event_words; another one with each version.';
COMMENT ON COLUMN core.event_leads.article_id IS 'The article.';
COMMENT ON COLUMN core.event_leads.version IS 'Its version the words are of.';
COMMENT ON COLUMN core.event_leads.published_at IS 'When it was published, UTC; NULL = not known: nothing else is told of its event.';
COMMENT ON COLUMN core.event_leads.norm IS 'Length of the vector of its words, each as rare as it is now.';

CREATE TABLE core.event_words (
    key UINTEGER NOT NULL,
    article_no INTEGER NOT NULL,
    weight USMALLINT NOT NULL
);
COMMENT ON TABLE core.event_words IS 'Words that say what an article tells of: of its headline, its beginning, and those it has often.';
COMMENT ON COLUMN core.event_words.key IS 'First 32 bits of the MD5 of the stem: those of core.terms.stem_key.';
COMMENT ON COLUMN core.event_words.article_no IS 'The article, as numbered in core.event_leads.';
COMMENT ON COLUMN core.event_words.weight IS 'How much it says of this article: 32 for a word of the text, 64 of the headline, more the more often.';

CREATE TABLE core.event_keys (
    key UINTEGER NOT NULL,
    article_no INTEGER NOT NULL
);
COMMENT ON TABLE core.event_keys IS 'Of core.event_words those an article is looked up by: the ten that count most, words that few articles have.';
COMMENT ON COLUMN core.event_keys.key IS 'As in core.event_words.';
COMMENT ON COLUMN core.event_keys.article_no IS 'The article, as numbered in core.event_leads.';

CREATE TABLE core.event_pairs (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL,
    shared_count INTEGER NOT NULL
);
COMMENT ON TABLE core.event_pairs IS 'Pairs of articles, neither a copy, that may tell of one event; article_id < other_id.';
COMMENT ON COLUMN core.event_pairs.article_id IS 'The lesser id of the pair.';
COMMENT ON COLUMN core.event_pairs.other_id IS 'The greater id of the pair.';
COMMENT ON COLUMN core.event_pairs.similarity IS 'Cosine of their words, rarer words counting more, 0 to 1, in whole millionths.';
COMMENT ON COLUMN core.event_pairs.shared_count IS 'Words they have in common.';

CREATE TABLE core.event_stories (
    original_id VARCHAR NOT NULL,
    story_id VARCHAR NOT NULL,
    is_central BOOLEAN NOT NULL
);
COMMENT ON TABLE core.event_stories IS 'Stories that several articles tell in their own words; any other is an article and its copies.';
COMMENT ON COLUMN core.event_stories.original_id IS 'An article that repeats no other.';
COMMENT ON COLUMN core.event_stories.story_id IS 'Its story: the id of the article of it that was published first.';
COMMENT ON COLUMN core.event_stories.is_central IS 'It is most like the others; its headline is the story''s.';

COMMENT ON COLUMN core.articles.story_id IS 'Its story: the id of the article that told of the event first, its own while it is alone.';

-- How many keys an article has decides what it must share with another to be compared with it: long
-- articles share a sampled 5-gram by chance, the more of them the larger the warehouse.
ALTER TABLE core.sketches ADD COLUMN key_count INTEGER;
COMMENT ON COLUMN core.sketches.key_count IS 'Its rows in core.shingles.';

UPDATE core.sketches AS s SET key_count = k.key_count
FROM (SELECT article_no, count(*) AS key_count FROM core.shingles GROUP BY article_no) AS k
WHERE k.article_no = s.article_no;

UPDATE core.sketches SET key_count = 0 WHERE key_count IS NULL;

-- What an expression says beside its value: the "early" of "early 2019", the "about" of "about two
-- years" (docs/dates.md). Texts read before have none until they are tagged again.
ALTER TABLE core.dates ADD COLUMN timex_mod VARCHAR;
COMMENT ON COLUMN core.dates.timex_mod IS 'TIMEX3 modifier: START MID END APPROX MORE_THAN LESS_THAN EQUAL_OR_MORE EQUAL_OR_LESS ON_OR_BEFORE ON_OR_AFTER; NULL = none, or tagged before 0007.';

-- What an article's publisher calls the day, and live blogs apart.
ALTER TABLE core.versions ADD COLUMN published_offset_minutes INTEGER;
ALTER TABLE core.versions ADD COLUMN kind VARCHAR;
COMMENT ON COLUMN core.versions.published_offset_minutes IS 'Minutes east of UTC of the publisher at published_at; NULL where nothing tells, or only a day is known.';
COMMENT ON COLUMN core.versions.kind IS 'article or live_blog; NULL where it was loaded before that was told apart.';
