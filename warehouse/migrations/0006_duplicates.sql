-- Duplicates by aligned texts (docs/duplicates.md): each article has a number and a sketch, what it is
-- found by lies in narrow rows, and each pair keeps what was measured of it. Keys and pairs of older
-- rules go; the next opening sketches every article and finds its pairs anew.
CREATE TABLE core.sketches (
    article_no INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    published_on DATE,
    sketch BLOB NOT NULL
);
COMMENT ON TABLE core.sketches IS 'What of each current version is compared with others; a number an article, another one with each version.';
COMMENT ON COLUMN core.sketches.article_no IS 'Short for the article in core.shingles.';
COMMENT ON COLUMN core.sketches.article_id IS 'The article.';
COMMENT ON COLUMN core.sketches.source IS 'As in core.articles.';
COMMENT ON COLUMN core.sketches.published_on IS 'The day, in UTC, it was published; NULL = not known.';
COMMENT ON COLUMN core.sketches.sketch IS 'Codes of its words and which of them are facts, as etl.dedup.sketch packs them.';

DROP TABLE core.shingles;

CREATE TABLE core.shingles (
    key UINTEGER NOT NULL,
    article_no INTEGER NOT NULL
);
COMMENT ON TABLE core.shingles IS 'What current versions are found by: hashes of sampled word 5-grams and of paragraphs.';
COMMENT ON COLUMN core.shingles.key IS '31-bit hash of a word 5-gram; with the 32nd bit, of a paragraph without its names and figures.';
COMMENT ON COLUMN core.shingles.article_no IS 'The article, as numbered in core.sketches.';

CREATE TABLE core.hot_keys (
    key UINTEGER NOT NULL
);
COMMENT ON TABLE core.hot_keys IS 'Keys of core.shingles that many articles of a site, or of many days, hold: boilerplate and templates.';
COMMENT ON COLUMN core.hot_keys.key IS 'The key.';

DROP TABLE core.duplicate_pairs;

CREATE TABLE core.duplicate_pairs (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    jaccard DOUBLE NOT NULL,
    containment DOUBLE NOT NULL,
    score DOUBLE NOT NULL,
    common_words INTEGER NOT NULL,
    facts_aligned INTEGER NOT NULL,
    facts_agreed INTEGER NOT NULL,
    title_overlap DOUBLE NOT NULL,
    rule VARCHAR NOT NULL
);
COMMENT ON TABLE core.duplicate_pairs IS 'Pairs of articles whose current texts repeat each other, and what was measured of them; article_id < other_id.';
COMMENT ON COLUMN core.duplicate_pairs.article_id IS 'The lesser id of the pair.';
COMMENT ON COLUMN core.duplicate_pairs.other_id IS 'The greater id of the pair.';
COMMENT ON COLUMN core.duplicate_pairs.kind IS 'exact, near or contained.';
COMMENT ON COLUMN core.duplicate_pairs.jaccard IS 'Common words over all words of the two, 0 to 1, the texts aligned.';
COMMENT ON COLUMN core.duplicate_pairs.containment IS 'Common words over those of the shorter text, 0 to 1.';
COMMENT ON COLUMN core.duplicate_pairs.score IS 'How sure it is, 0 to 1: a logistic regression over what was measured.';
COMMENT ON COLUMN core.duplicate_pairs.common_words IS 'Words in runs of four or more that stand in both.';
COMMENT ON COLUMN core.duplicate_pairs.facts_aligned IS 'Names and figures that stand beside each other in the aligned texts.';
COMMENT ON COLUMN core.duplicate_pairs.facts_agreed IS 'Those of them that are the same in both.';
COMMENT ON COLUMN core.duplicate_pairs.title_overlap IS 'Words of the shorter title that the other has too, 0 to 1; 0 also where one has a single word.';
COMMENT ON COLUMN core.duplicate_pairs.rule IS 'Edition of the rule that decided it.';
