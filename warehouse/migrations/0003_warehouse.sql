-- What makes it a warehouse: full text, changes, derivations, tombstones, alarms and sightings. New
-- columns of old tables can be NULL because ADD COLUMN takes no NOT NULL; each says what NULL means.

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

-- What changed from version to version, sentence by sentence; articles that moved to another
-- address; and which run found an address, so that two articles' claims to it are settled alike
-- in any order of batches.

CREATE TABLE core.changes (
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    was VARCHAR,
    now VARCHAR
);
COMMENT ON TABLE core.changes IS 'What each version changed against the one before it, a row a sentence; the first version has none.';
COMMENT ON COLUMN core.changes.article_id IS 'The article.';
COMMENT ON COLUMN core.changes.version IS 'The version that brought the change.';
COMMENT ON COLUMN core.changes.position IS 'Place among the changes of the version, from 1: the title, then the text from top to bottom.';
COMMENT ON COLUMN core.changes.field IS 'title or text.';
COMMENT ON COLUMN core.changes.kind IS 'added, removed or replaced; or churn: nothing differs but what changes by itself (times, counters), in versions made before that was told apart.';
COMMENT ON COLUMN core.changes.was IS 'The sentence, or the title, before; NULL when it was added, and for churn.';
COMMENT ON COLUMN core.changes.now IS 'The sentence, or the title, since; NULL when it was removed, and for churn.';

CREATE TABLE core.article_moves (
    article_id VARCHAR NOT NULL,
    url_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    moved_at TIMESTAMPTZ NOT NULL,
    was_url VARCHAR NOT NULL,
    now_url VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL
);
COMMENT ON TABLE core.article_moves IS 'Addresses at which a page looked at again was found, still the same article; a row an address.';
COMMENT ON COLUMN core.article_moves.article_id IS 'The article.';
COMMENT ON COLUMN core.article_moves.url_id IS 'Id of the identity of an address it goes by since, joins core.article_urls.';
COMMENT ON COLUMN core.article_moves.run_id IS 'The run that found it there.';
COMMENT ON COLUMN core.article_moves.moved_at IS 'When that was, UTC.';
COMMENT ON COLUMN core.article_moves.was_url IS 'Where its page was found before, after redirects.';
COMMENT ON COLUMN core.article_moves.now_url IS 'Where it was found then, after redirects.';
COMMENT ON COLUMN core.article_moves.evidence IS 'What says that it is the same article, in words.';

ALTER TABLE core.article_urls ADD COLUMN run_id VARCHAR;
COMMENT ON COLUMN core.article_urls.run_id IS 'The run that found it; NULL = before that was kept.';

-- Where a row came from: by which rules, settings and libraries each version was made, and which
-- archived feed document each state of an entry stood in.

CREATE TABLE core.derivations (
    derivation_id VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    feed_extractor VARCHAR NOT NULL,
    fingerprinter VARCHAR NOT NULL,
    tagger VARCHAR NOT NULL,
    deduplicator VARCHAR NOT NULL,
    newshouse_version VARCHAR NOT NULL,
    settings_json VARCHAR NOT NULL,
    libraries_json VARCHAR NOT NULL,
    first_used_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE core.derivations IS 'What made articles of pages: rules, settings and libraries; append-only.';
COMMENT ON COLUMN core.derivations.derivation_id IS 'Id of the derivation: of all its columns but first_used_at.';
COMMENT ON COLUMN core.derivations.extractor IS 'Edition of the rules that read text and metadata off pages.';
COMMENT ON COLUMN core.derivations.feed_extractor IS 'Edition of the rules that make articles of what feeds carry.';
COMMENT ON COLUMN core.derivations.fingerprinter IS 'Edition of the rules for repeated paragraphs, hashes and shingles.';
COMMENT ON COLUMN core.derivations.tagger IS 'Edition of the rules that mark names and dates.';
COMMENT ON COLUMN core.derivations.deduplicator IS 'Edition of the rules that make pairs and stories; a pair is made by that of the version loaded later.';
COMMENT ON COLUMN core.derivations.newshouse_version IS 'Version of newshouse.';
COMMENT ON COLUMN core.derivations.settings_json IS 'The settings that decide a result, as a JSON object by section.key.';
COMMENT ON COLUMN core.derivations.libraries_json IS 'Versions of the libraries that decide a result, as a JSON object by name.';
COMMENT ON COLUMN core.derivations.first_used_at IS 'When the run began that first made a version by it, UTC.';

ALTER TABLE core.versions ADD COLUMN derivation_id VARCHAR;
COMMENT ON COLUMN core.versions.derivation_id IS 'What it was made by; NULL = made before that was recorded.';

ALTER TABLE raw.entries ADD COLUMN page_id VARCHAR;
COMMENT ON COLUMN raw.entries.page_id IS 'The archived feed document it stands in; NULL = loaded before that was recorded, from one of several sitemaps.';

-- Of what was loaded before: where a feed was answered with one document in a run, it is that one.
UPDATE raw.entries AS e SET page_id = p.page_id
FROM (
    SELECT run_id, url, min(page_id) AS page_id
    FROM raw.pages WHERE kind = 'feed' GROUP BY run_id, url HAVING count(*) = 1
) AS p
JOIN ops.feeds AS f ON p.url IN (f.feed_url, f.address)
WHERE e.run_id = p.run_id AND e.feed_url = f.feed_url
    AND f.format <> 'sitemap';

-- What was forgotten, so that it stays so; which archived records are to be, or were, redacted.
CREATE TABLE core.tombstones (
    kind VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    forgotten_at TIMESTAMPTZ NOT NULL,
    reason VARCHAR NOT NULL,
    command VARCHAR NOT NULL
);
COMMENT ON TABLE core.tombstones IS 'What was forgotten, as hashes alone: a row a thing it is recognised by when it turns up again.';
COMMENT ON COLUMN core.tombstones.kind IS 'article (one row each), url, entry, guid or text: what key is the hash of.';
COMMENT ON COLUMN core.tombstones.key IS 'The hash: an article id, url id, entry id, or of feed and guid, or of source and words.';
COMMENT ON COLUMN core.tombstones.article_id IS 'The id it had; of an address never ingested the id its article would have had.';
COMMENT ON COLUMN core.tombstones.forgotten_at IS 'When this was first to be recognised, UTC; of kind article: when it was forgotten.';
COMMENT ON COLUMN core.tombstones.reason IS 'Why, in the words of whoever asked for it.';
COMMENT ON COLUMN core.tombstones.command IS 'forget, or ingest where it turned up again under something unknown.';

CREATE TABLE ops.redactions (
    page_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    warc_length BIGINT NOT NULL,
    queued_at TIMESTAMPTZ NOT NULL,
    redacted_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.redactions IS 'Archived records whose payload was, or is still to be, overwritten because something was forgotten.';
COMMENT ON COLUMN ops.redactions.page_id IS 'The page the record held.';
COMMENT ON COLUMN ops.redactions.kind IS 'page, feed or entry, as in raw.pages.';
COMMENT ON COLUMN ops.redactions.fetched_at IS 'When the page was fetched, UTC.';
COMMENT ON COLUMN ops.redactions.warc_file IS 'File name under data/archive.';
COMMENT ON COLUMN ops.redactions.warc_offset IS 'Byte offset of the record''s gzip member; it stays where it was.';
COMMENT ON COLUMN ops.redactions.warc_length IS 'Length of that gzip member in bytes; it stays as long as it was.';
COMMENT ON COLUMN ops.redactions.queued_at IS 'When it was decided, UTC.';
COMMENT ON COLUMN ops.redactions.redacted_at IS 'When the record was overwritten, UTC; NULL = still to be done, by the next forget or run.';

CREATE TABLE ops.forgotten_versions (
    run_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL
);
COMMENT ON TABLE ops.forgotten_versions IS 'Versions that runs loaded and that were forgotten since, so that what runs counted adds up.';
COMMENT ON COLUMN ops.forgotten_versions.run_id IS 'The run that loaded it.';
COMMENT ON COLUMN ops.forgotten_versions.article_id IS 'The article''s id, as in core.tombstones.';
COMMENT ON COLUMN ops.forgotten_versions.version IS 'Its number, from 1.';

COMMENT ON COLUMN ops.outcomes.outcome IS 'new changed unchanged known rejected failed gave_up deferred bug forgotten.';
COMMENT ON COLUMN ops.archive_files.sha256 IS 'Hex SHA-256 of the file; another one after records of it were redacted.';
COMMENT ON TABLE ops.archive_files IS 'WARC files that are complete; they never change again, but for records redacted in place.';

-- What alarms from SQL have to remember: what is usual of each source, and how fetching went.

ALTER TABLE ops.alarms ADD COLUMN measure DOUBLE;
COMMENT ON COLUMN ops.alarms.measure IS 'How bad it was when it was raised, in the unit of its kind; NULL = the kind has none, or it was raised before it was kept.';
COMMENT ON COLUMN ops.alarms.kind IS 'feed_failing feed_gone feed_lying feed_silent feed_moved feed_missing_entries run_interrupted bugs source_silent layout_drift lag failure_share backlog.';
COMMENT ON COLUMN ops.alarms.subject IS 'The feed URL, the run id, the source, or all for the whole house.';

CREATE TABLE ops.source_norms (
    source VARCHAR NOT NULL,
    as_of TIMESTAMPTZ NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    feed_urls VARCHAR[] NOT NULL,
    article_count INTEGER NOT NULL,
    cohort VARCHAR NOT NULL,
    expected DOUBLE[],
    silent_after DOUBLE,
    past_count INTEGER NOT NULL,
    words_log DOUBLE,
    words_spread DOUBLE,
    unsigned_count INTEGER NOT NULL,
    undated_count INTEGER NOT NULL,
    unsectioned_count INTEGER NOT NULL,
    fallback_count INTEGER NOT NULL,
    truncated_count INTEGER NOT NULL,
    lag_s DOUBLE,
    lag_spread_s DOUBLE
);
COMMENT ON TABLE ops.source_norms IS 'What is usual of each source, learned once a day from its last twelve weeks; one more row, all, for the whole house.';
COMMENT ON COLUMN ops.source_norms.source IS 'Registrable domain, or host; all = the whole house.';
COMMENT ON COLUMN ops.source_norms.as_of IS 'When it was learned, UTC; a source that is silent keeps what was learned before.';
COMMENT ON COLUMN ops.source_norms.last_at IS 'When its last article until then was first seen, UTC.';
COMMENT ON COLUMN ops.source_norms.feed_urls IS 'The feeds that brought its articles.';
COMMENT ON COLUMN ops.source_norms.article_count IS 'Articles it was learned from.';
COMMENT ON COLUMN ops.source_norms.cohort IS 'Sources that share holidays: their language, and whether they rest on weekends.';
COMMENT ON COLUMN ops.source_norms.expected IS '169 numbers: articles expected from Monday 00:00 UTC to each hour of the week; NULL = not known long enough.';
COMMENT ON COLUMN ops.source_norms.silent_after IS 'Expected articles that may fail to come before its silence is an alarm; NULL = cannot be said.';
COMMENT ON COLUMN ops.source_norms.past_count IS 'Articles of the past that new ones are compared with.';
COMMENT ON COLUMN ops.source_norms.words_log IS 'Median of the natural logarithm of their words; NULL = there are none.';
COMMENT ON COLUMN ops.source_norms.words_spread IS 'Spread of that logarithm: 1.4826 times the median absolute deviation; NULL = there are none.';
COMMENT ON COLUMN ops.source_norms.unsigned_count IS 'Of these, without an author.';
COMMENT ON COLUMN ops.source_norms.undated_count IS 'Of these, without a publication time.';
COMMENT ON COLUMN ops.source_norms.unsectioned_count IS 'Of these, without a section.';
COMMENT ON COLUMN ops.source_norms.fallback_count IS 'Of these, extracted by a fallback: from JSON-LD, the densest paragraphs, or the feed.';
COMMENT ON COLUMN ops.source_norms.truncated_count IS 'Of these, cut short.';
COMMENT ON COLUMN ops.source_norms.lag_s IS 'Median seconds from published to first seen; NULL = none was dated.';
COMMENT ON COLUMN ops.source_norms.lag_spread_s IS 'Spread of these seconds: 1.4826 times the median absolute deviation; NULL likewise.';

CREATE TABLE ops.source_fetches (
    source VARCHAR NOT NULL,
    from_at TIMESTAMPTZ NOT NULL,
    fetches INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    departed INTEGER NOT NULL,
    rejected INTEGER NOT NULL
);
COMMENT ON TABLE ops.source_fetches IS 'How fetching article pages went, a row a source and six hours; old ones are dropped.';
COMMENT ON COLUMN ops.source_fetches.source IS 'Registrable domain where it is known from articles, else the host; all = the whole house.';
COMMENT ON COLUMN ops.source_fetches.from_at IS 'When the six hours begin, UTC.';
COMMENT ON COLUMN ops.source_fetches.fetches IS 'Questions asked for article pages.';
COMMENT ON COLUMN ops.source_fetches.failed IS 'Of these, without a usable answer.';
COMMENT ON COLUMN ops.source_fetches.departed IS 'Entries that left a run because a page of theirs was read: as an article, or rejected.';
COMMENT ON COLUMN ops.source_fetches.rejected IS 'Of these, rejected: there was no article on the page.';

ALTER TABLE ops.runs ADD COLUMN outcomes_pruned_at TIMESTAMPTZ;
COMMENT ON COLUMN ops.runs.outcomes_pruned_at IS 'When those outcomes of it that brought nothing were dropped, UTC; NULL = all are there.';
COMMENT ON TABLE ops.outcomes IS 'How each entry left each run: once; of old runs only those that brought something.';

-- What a replay needs to know of each page beside its bytes: which entries led to it and what they
-- said of it then. Without this the archive would give other articles than it gave at first.

CREATE TABLE raw.sightings (
    run_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    leader_id VARCHAR NOT NULL,
    page_id VARCHAR,
    carried_page_id VARCHAR,
    asked_url VARCHAR NOT NULL,
    same_as_url VARCHAR,
    feed_url VARCHAR,
    title VARCHAR,
    published_raw VARCHAR,
    published_at TIMESTAMPTZ,
    authors VARCHAR[]
);
COMMENT ON TABLE raw.sightings IS 'Which entries led to which pages, and what they said of them then: a row an entry and a look that brought bytes; append-only.';
COMMENT ON COLUMN raw.sightings.run_id IS 'The run that looked.';
COMMENT ON COLUMN raw.sightings.entry_id IS 'The entry.';
COMMENT ON COLUMN raw.sightings.leader_id IS 'Of the entries that led to one page in one run, the one whose words were taken as hints; its own id when it was that.';
COMMENT ON COLUMN raw.sightings.page_id IS 'The page that came; NULL = it could not be had.';
COMMENT ON COLUMN raw.sightings.carried_page_id IS 'The text its feed carried, archived to stand in for the page; NULL = none was needed.';
COMMENT ON COLUMN raw.sightings.asked_url IS 'The address asked for, as the entry gave it.';
COMMENT ON COLUMN raw.sightings.same_as_url IS 'Where redirects led, when another entry''s page of the run was found there and nothing was fetched; NULL = they did not.';
COMMENT ON COLUMN raw.sightings.feed_url IS 'The feed of the entry; NULL for entries that did not lead.';
COMMENT ON COLUMN raw.sightings.title IS 'The entry''s title; NULL when it had none, or did not lead.';
COMMENT ON COLUMN raw.sightings.published_raw IS 'The entry''s publication date verbatim; NULL when it had none, or did not lead.';
COMMENT ON COLUMN raw.sightings.published_at IS 'That date as read, UTC; NULL when it could not be, or the entry did not lead.';
COMMENT ON COLUMN raw.sightings.authors IS 'The entry''s authors; NULL when it did not lead.';

-- Of pages fetched before this was recorded: the entries whose address was asked, or whose last
-- page it is, saying what they say now.
INSERT INTO raw.sightings
WITH led AS (
    SELECT p.run_id, p.page_id, p.kind, p.url, p.fetched_at, e.entry_id, e.article_id,
        e.first_seen_at, e.feed_url, e.title, e.published_raw, e.published_at, e.authors
    FROM raw.pages AS p
    JOIN core.entries AS e ON e.url = p.url OR e.page_id = p.page_id
    WHERE p.kind <> 'feed'
),
ranked AS (
    SELECT *, first_value(entry_id) OVER (
        PARTITION BY page_id ORDER BY article_id IS NULL, first_seen_at, entry_id) AS leader_id
    FROM led
)
SELECT run_id, entry_id, leader_id,
    CASE WHEN kind = 'page' THEN page_id END, CASE WHEN kind = 'entry' THEN page_id END,
    url, NULL,
    CASE WHEN entry_id = leader_id THEN feed_url END,
    CASE WHEN entry_id = leader_id THEN title END,
    CASE WHEN entry_id = leader_id THEN published_raw END,
    CASE WHEN entry_id = leader_id THEN published_at END,
    CASE WHEN entry_id = leader_id THEN authors END
FROM ranked
ORDER BY fetched_at, page_id, entry_id;

ALTER TABLE ops.runs ADD COLUMN replayed_at TIMESTAMPTZ;
COMMENT ON COLUMN ops.runs.replayed_at IS 'When articles of it were last made anew from the archive, UTC; articles_new and articles_changed stay what the run saw then; NULL = never.';
COMMENT ON COLUMN ops.runs.flow IS 'ingest, replay or rebuild.';
