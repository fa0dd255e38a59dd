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
