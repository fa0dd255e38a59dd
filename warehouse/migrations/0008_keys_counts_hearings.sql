-- Keys of 5-grams are spread over all numbers: before, most of ten million articles met by chance
-- (etl.dedup.shingles). What older keys led to goes; the next opening sketches every article and finds
-- its pairs anew.
DELETE FROM core.sketches;
DELETE FROM core.shingles;
DELETE FROM core.hot_keys;
DELETE FROM core.duplicate_pairs;

-- How rare a word is, is told of the news up to its article's own time: before, every article that came
-- could change the stories of all earlier ones. Groups of older warehouses are found anew, too.
ALTER TABLE core.event_leads ADD COLUMN period INTEGER;
COMMENT ON COLUMN core.event_leads.period IS 'The thirty days it was published in, counted from 1970; NULL = not known.';

DELETE FROM core.event_leads;
DELETE FROM core.event_words;
DELETE FROM core.event_keys;
DELETE FROM core.event_pairs;
DELETE FROM core.event_stories;

CREATE TABLE core.event_counts (
    period INTEGER NOT NULL,
    key UINTEGER NOT NULL,
    held INTEGER NOT NULL,
    held_by INTEGER NOT NULL
);
COMMENT ON TABLE core.event_counts IS 'How many articles have a word: of those in core.event_leads that have a date.';
COMMENT ON COLUMN core.event_counts.period IS 'Thirty days, as in core.event_leads; there is a row where some article of them has the word.';
COMMENT ON COLUMN core.event_counts.key IS 'The word, as in core.event_words.';
COMMENT ON COLUMN core.event_counts.held IS 'Articles published in the period that have it.';
COMMENT ON COLUMN core.event_counts.held_by IS 'Articles published in the period or before that have it.';

-- What each page of a run was taken for, and how high it stands among those of its article, until the
-- run comes to its end: a page that comes in a later batch is weighed against them.
CREATE TABLE ops.hearings (
    run_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    is_carried BOOLEAN NOT NULL,
    is_away BOOLEAN NOT NULL,
    found_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL
);
COMMENT ON TABLE ops.hearings IS 'Pages the run under way has loaded, with those of the killed runs it goes on for; empty between runs.';
COMMENT ON COLUMN ops.hearings.run_id IS 'The run that looked at the page.';
COMMENT ON COLUMN ops.hearings.entry_id IS 'The entry whose page it is.';
COMMENT ON COLUMN ops.hearings.article_id IS 'The article it was taken for.';
COMMENT ON COLUMN ops.hearings.is_carried IS 'Its text is what the feed carried: the page could not be had.';
COMMENT ON COLUMN ops.hearings.is_away IS 'It was found elsewhere than at the article''s own address and those it moved to.';
COMMENT ON COLUMN ops.hearings.found_id IS 'Id of the identity of the address it was found at, after redirects.';
COMMENT ON COLUMN ops.hearings.url IS 'The address asked for.';
