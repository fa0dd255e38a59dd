-- Full text: an inverted index over the current versions, kept in tables of our own.
-- Postings lie in sorted runs, so that the zone maps of their row groups lead to a word; what was
-- loaded since the last run lies in a small unsorted table beside them. Keys are the first 64 bits
-- of an MD5, as SQL and Python compute it alike: hash() is the database's own and may change.

-- Ids of documents are never used twice: postings of a version that is gone stay until the next
-- compaction, and must not come to stand for another.
CREATE TABLE core.index_state (last_document_id INTEGER NOT NULL);
COMMENT ON TABLE core.index_state IS 'One row: how far documents are numbered.';
COMMENT ON COLUMN core.index_state.last_document_id IS 'The greatest document_id ever given, also to documents that are gone; 0 = none.';
INSERT INTO core.index_state VALUES (0);

CREATE TABLE core.documents (
    document_id INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    title_words INTEGER NOT NULL,
    text_words INTEGER NOT NULL,
    posting_count INTEGER NOT NULL
);
COMMENT ON TABLE core.documents IS 'What search() finds: the current version of every article, once.';
COMMENT ON COLUMN core.documents.document_id IS 'Number of the document, never used again.';
COMMENT ON COLUMN core.documents.article_id IS 'The article.';
COMMENT ON COLUMN core.documents.version IS 'The version that is indexed.';
COMMENT ON COLUMN core.documents.title_words IS 'Words of its title, at most 255.';
COMMENT ON COLUMN core.documents.text_words IS 'Words of its text, at most 65,000: later ones are not indexed.';
COMMENT ON COLUMN core.documents.posting_count IS 'Its rows in core.postings and core.fresh_postings.';

CREATE TABLE core.terms (
    form_key UBIGINT NOT NULL,
    stem_start UINTEGER NOT NULL,
    stem_key UBIGINT NOT NULL,
    form VARCHAR NOT NULL,
    stem VARCHAR NOT NULL
);
COMMENT ON TABLE core.terms IS 'Every word of indexed texts with each stem it has; a word of several languages may have several.';
COMMENT ON COLUMN core.terms.form_key IS 'First 64 bits of the MD5 of form.';
COMMENT ON COLUMN core.terms.stem_start IS 'First 4 bytes of stem in UTF-8: words that begin alike have postings side by side.';
COMMENT ON COLUMN core.terms.stem_key IS 'First 64 bits of the MD5 of stem.';
COMMENT ON COLUMN core.terms.form IS 'The word in lower case, without accents; of scripts without spaces, two characters.';
COMMENT ON COLUMN core.terms.stem IS 'Its stem; the form itself in languages without a stemmer.';

CREATE TABLE core.postings (
    stem_start UINTEGER NOT NULL,
    stem_key UBIGINT NOT NULL,
    form_key UBIGINT NOT NULL,
    document_id INTEGER NOT NULL,
    title_count UTINYINT NOT NULL,
    text_count USMALLINT NOT NULL,
    places USMALLINT[] NOT NULL
);
COMMENT ON TABLE core.postings IS 'Where each word stands, in runs sorted by stem, form and document; those of documents that are gone go at the next compaction.';
COMMENT ON COLUMN core.postings.stem_start IS 'First 4 bytes of the stem in UTF-8; 0 bytes fill up shorter ones.';
COMMENT ON COLUMN core.postings.stem_key IS 'The word''s stem in the document''s language, joins core.terms.';
COMMENT ON COLUMN core.postings.form_key IS 'The word as it stands, folded, joins core.terms.';
COMMENT ON COLUMN core.postings.document_id IS 'The document; postings without one are of a version that is not current any more.';
COMMENT ON COLUMN core.postings.title_count IS 'How often it stands in the title.';
COMMENT ON COLUMN core.postings.text_count IS 'How often it stands in the text.';
COMMENT ON COLUMN core.postings.places IS 'Where, in words: 0 to 254 in the title, from 256 in the text.';

CREATE TABLE core.fresh_postings (
    stem_start UINTEGER NOT NULL,
    stem_key UBIGINT NOT NULL,
    form_key UBIGINT NOT NULL,
    document_id INTEGER NOT NULL,
    title_count UTINYINT NOT NULL,
    text_count USMALLINT NOT NULL,
    places USMALLINT[] NOT NULL
);
COMMENT ON TABLE core.fresh_postings IS 'Postings not sorted yet: as core.postings, of the documents loaded last.';
COMMENT ON COLUMN core.fresh_postings.stem_start IS 'As core.postings.stem_start.';
COMMENT ON COLUMN core.fresh_postings.stem_key IS 'As core.postings.stem_key.';
COMMENT ON COLUMN core.fresh_postings.form_key IS 'As core.postings.form_key.';
COMMENT ON COLUMN core.fresh_postings.document_id IS 'As core.postings.document_id.';
COMMENT ON COLUMN core.fresh_postings.title_count IS 'As core.postings.title_count.';
COMMENT ON COLUMN core.fresh_postings.text_count IS 'As core.postings.text_count.';
COMMENT ON COLUMN core.fresh_postings.places IS 'As core.postings.places.';
