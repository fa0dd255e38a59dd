-- The first warehouse: what was received (raw), what it means (core), how it went (ops).
-- No PRIMARY KEY or index on big tables: they make loads 5-7 times slower and the file twice as
-- large; loads de-duplicate by anti-join and checks/ prove uniqueness.

CREATE SCHEMA raw;
CREATE SCHEMA core;

CREATE TABLE raw.fetches (
    fetch_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    status INTEGER,
    outcome VARCHAR NOT NULL,
    error VARCHAR,
    started_at TIMESTAMPTZ NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    received_bytes BIGINT NOT NULL,
    from_cache BOOLEAN NOT NULL
);
COMMENT ON TABLE raw.fetches IS 'Every HTTP question asked and how it was answered; append-only.';
COMMENT ON COLUMN raw.fetches.fetch_id IS 'Id of this exchange.';
COMMENT ON COLUMN raw.fetches.run_id IS 'The run that asked.';
COMMENT ON COLUMN raw.fetches.kind IS 'feed, page or robots.';
COMMENT ON COLUMN raw.fetches.url IS 'What was asked for.';
COMMENT ON COLUMN raw.fetches.final_url IS 'Where redirects led; equal to url when there were none.';
COMMENT ON COLUMN raw.fetches.status IS 'HTTP status; NULL when no answer came.';
COMMENT ON COLUMN raw.fetches.outcome IS 'ok, not_modified, or the reason it failed.';
COMMENT ON COLUMN raw.fetches.error IS 'The failure in words; NULL when there was none.';
COMMENT ON COLUMN raw.fetches.started_at IS 'When the question was sent, UTC.';
COMMENT ON COLUMN raw.fetches.elapsed_ms IS 'Milliseconds from question to the end of the answer.';
COMMENT ON COLUMN raw.fetches.received_bytes IS 'Body bytes over the wire, before decompression.';
COMMENT ON COLUMN raw.fetches.from_cache IS 'True when nothing was sent because an answer was at hand.';

CREATE TABLE raw.pages (
    page_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    status INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    body_bytes BIGINT NOT NULL,
    content_type VARCHAR,
    charset VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    warc_length BIGINT NOT NULL
);
COMMENT ON TABLE raw.pages IS 'Every archived answer and where its raw bytes lie; append-only.';
COMMENT ON COLUMN raw.pages.page_id IS 'Id of the page: of its URL, time and bytes.';
COMMENT ON COLUMN raw.pages.run_id IS 'The run that fetched it.';
COMMENT ON COLUMN raw.pages.kind IS 'page for an article page, feed for a feed document.';
COMMENT ON COLUMN raw.pages.url IS 'What was asked for.';
COMMENT ON COLUMN raw.pages.final_url IS 'Where redirects led.';
COMMENT ON COLUMN raw.pages.fetched_at IS 'When it was fetched, UTC.';
COMMENT ON COLUMN raw.pages.status IS 'HTTP status of the answer.';
COMMENT ON COLUMN raw.pages.sha256 IS 'Hex SHA-256 of the decompressed body, which is what the WARC record holds.';
COMMENT ON COLUMN raw.pages.body_bytes IS 'Length of the decompressed body in bytes.';
COMMENT ON COLUMN raw.pages.content_type IS 'Content-Type as received; NULL when there was none.';
COMMENT ON COLUMN raw.pages.charset IS 'Charset named by Content-Type; NULL when it named none.';
COMMENT ON COLUMN raw.pages.etag IS 'ETag as received, sent back verbatim; NULL when there was none.';
COMMENT ON COLUMN raw.pages.last_modified IS 'Last-Modified as received; NULL when there was none.';
COMMENT ON COLUMN raw.pages.warc_file IS 'File name under data/archive.';
COMMENT ON COLUMN raw.pages.warc_offset IS 'Byte offset of the record''s gzip member in warc_file.';
COMMENT ON COLUMN raw.pages.warc_length IS 'Length of that gzip member in bytes.';

CREATE TABLE raw.entries (
    entry_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    feed_url VARCHAR NOT NULL,
    guid VARCHAR,
    url VARCHAR,
    title VARCHAR,
    published_raw VARCHAR,
    updated_raw VARCHAR,
    authors VARCHAR[] NOT NULL,
    summary VARCHAR,
    content_html VARCHAR,
    fingerprint VARCHAR NOT NULL
);
COMMENT ON TABLE raw.entries IS 'Every state of every feed item as received; append-only.';
COMMENT ON COLUMN raw.entries.entry_id IS 'Id of the entry: of its feed and guid, or URL.';
COMMENT ON COLUMN raw.entries.run_id IS 'The run that first saw this state.';
COMMENT ON COLUMN raw.entries.seen_at IS 'When that was, UTC.';
COMMENT ON COLUMN raw.entries.feed_url IS 'The feed it stood in.';
COMMENT ON COLUMN raw.entries.guid IS 'guid/id as received; NULL when there was none.';
COMMENT ON COLUMN raw.entries.url IS 'Absolute link; NULL when it had none that can be fetched.';
COMMENT ON COLUMN raw.entries.title IS 'Title without markup; NULL when there was none.';
COMMENT ON COLUMN raw.entries.published_raw IS 'Publication date verbatim; NULL when there was none.';
COMMENT ON COLUMN raw.entries.updated_raw IS 'Update date verbatim; NULL when there was none.';
COMMENT ON COLUMN raw.entries.authors IS 'Authors as the feed names them; empty when it names none.';
COMMENT ON COLUMN raw.entries.summary IS 'Summary or description as received; NULL when there was none.';
COMMENT ON COLUMN raw.entries.content_html IS 'Full text carried by the feed, HTML; NULL when there was none.';
COMMENT ON COLUMN raw.entries.fingerprint IS 'Changes when link, title or dates change.';

CREATE TABLE core.entries (
    entry_id VARCHAR NOT NULL,
    feed_url VARCHAR NOT NULL,
    guid VARCHAR,
    url VARCHAR,
    url_id VARCHAR,
    title VARCHAR,
    published_raw VARCHAR,
    published_at TIMESTAMPTZ,
    authors VARCHAR[] NOT NULL,
    fingerprint VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    first_run_id VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR,
    detail VARCHAR,
    article_id VARCHAR,
    page_id VARCHAR,
    attempts INTEGER NOT NULL,
    due_at TIMESTAMPTZ
);
COMMENT ON TABLE core.entries IS 'Each feed item once, in its current state; also the queue of pages to fetch.';
COMMENT ON COLUMN core.entries.entry_id IS 'Id of the entry.';
COMMENT ON COLUMN core.entries.feed_url IS 'The feed it stands in.';
COMMENT ON COLUMN core.entries.guid IS 'guid/id as received; NULL when there was none.';
COMMENT ON COLUMN core.entries.url IS 'Absolute link; NULL when it has none that can be fetched.';
COMMENT ON COLUMN core.entries.url_id IS 'Id of the link''s identity, joins core.article_urls; NULL without url.';
COMMENT ON COLUMN core.entries.title IS 'Title without markup; NULL when there was none.';
COMMENT ON COLUMN core.entries.published_raw IS 'Publication date verbatim; NULL when there was none.';
COMMENT ON COLUMN core.entries.published_at IS 'Publication date read from published_raw, UTC; NULL when unreadable.';
COMMENT ON COLUMN core.entries.authors IS 'Authors as the feed names them.';
COMMENT ON COLUMN core.entries.fingerprint IS 'Changes when link, title or dates change.';
COMMENT ON COLUMN core.entries.first_seen_at IS 'When it was first seen, UTC.';
COMMENT ON COLUMN core.entries.first_run_id IS 'The run that first saw it.';
COMMENT ON COLUMN core.entries.outcome IS 'How it last left a run; deferred while its page is still to be fetched.';
COMMENT ON COLUMN core.entries.reason IS 'Why it was rejected or failed; NULL otherwise.';
COMMENT ON COLUMN core.entries.detail IS 'The reason in words and figures; NULL when there is none.';
COMMENT ON COLUMN core.entries.article_id IS 'The article behind it; NULL while there is none.';
COMMENT ON COLUMN core.entries.page_id IS 'The last page fetched for it; NULL while there is none.';
COMMENT ON COLUMN core.entries.attempts IS 'Failed fetches in a row.';
COMMENT ON COLUMN core.entries.due_at IS 'When its page is to be fetched (again), UTC; NULL = not again.';

CREATE TABLE core.articles (
    article_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    canonical_url VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    feed_url VARCHAR NOT NULL,
    first_seen_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    version INTEGER NOT NULL,
    duplicate_of VARCHAR,
    story_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.articles IS 'Each article once: its identity and which version is current.';
COMMENT ON COLUMN core.articles.article_id IS 'Id of the article: of the identity of canonical_url.';
COMMENT ON COLUMN core.articles.url IS 'Where it was first found, after redirects.';
COMMENT ON COLUMN core.articles.canonical_url IS 'Our normal form of its address.';
COMMENT ON COLUMN core.articles.source IS 'Registrable domain, or host.';
COMMENT ON COLUMN core.articles.feed_url IS 'The feed that first brought it.';
COMMENT ON COLUMN core.articles.first_seen_at IS 'When its first version was fetched, UTC.';
COMMENT ON COLUMN core.articles.last_seen_at IS 'When its page was last fetched, UTC.';
COMMENT ON COLUMN core.articles.version IS 'Its current version, from 1.';
COMMENT ON COLUMN core.articles.duplicate_of IS 'The article it repeats; NULL when it is the first of its kind.';
COMMENT ON COLUMN core.articles.story_id IS 'Its story; its own id while it is alone.';

CREATE TABLE core.article_urls (
    url_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    url VARCHAR NOT NULL
);
COMMENT ON TABLE core.article_urls IS 'Every address an article was found under.';
COMMENT ON COLUMN core.article_urls.url_id IS 'Id of the address''s identity (scheme, www, amp and tracking ignored).';
COMMENT ON COLUMN core.article_urls.article_id IS 'The article.';
COMMENT ON COLUMN core.article_urls.url IS 'The address as first met.';

CREATE TABLE core.versions (
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    seen_from TIMESTAMPTZ NOT NULL,
    seen_until TIMESTAMPTZ,
    run_id VARCHAR NOT NULL,
    published_at TIMESTAMPTZ,
    published_raw VARCHAR,
    modified_at TIMESTAMPTZ,
    title VARCHAR NOT NULL,
    authors VARCHAR[] NOT NULL,
    language VARCHAR,
    text VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    word_count INTEGER NOT NULL,
    section VARCHAR,
    keywords VARCHAR[] NOT NULL,
    image_url VARCHAR,
    is_paywalled BOOLEAN NOT NULL,
    is_truncated BOOLEAN NOT NULL,
    declared_canonical_url VARCHAR,
    repeated_paragraphs INTEGER NOT NULL,
    page_id VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,
    tagger VARCHAR NOT NULL,
    change VARCHAR NOT NULL
);
COMMENT ON TABLE core.versions IS 'Every state of every article between two sightings; append-only but for seen_until.';
COMMENT ON COLUMN core.versions.article_id IS 'The article.';
COMMENT ON COLUMN core.versions.version IS 'Counts from 1 in the order seen.';
COMMENT ON COLUMN core.versions.seen_from IS 'When this state was first fetched, UTC.';
COMMENT ON COLUMN core.versions.seen_until IS 'When the next state was first fetched, UTC; NULL = current.';
COMMENT ON COLUMN core.versions.run_id IS 'The run that loaded it.';
COMMENT ON COLUMN core.versions.published_at IS 'Publication time, UTC; NULL when no claim was believable.';
COMMENT ON COLUMN core.versions.published_raw IS 'The claim published_at was read from, verbatim; NULL without one.';
COMMENT ON COLUMN core.versions.modified_at IS 'The publisher''s modification time, UTC; NULL when not stated.';
COMMENT ON COLUMN core.versions.title IS 'Headline without the site''s name.';
COMMENT ON COLUMN core.versions.authors IS 'People named as authors; empty when none is.';
COMMENT ON COLUMN core.versions.language IS 'ISO 639-1; NULL when unknown.';
COMMENT ON COLUMN core.versions.text IS 'Paragraphs joined by a blank line; repeated paragraphs once, boilerplate removed.';
COMMENT ON COLUMN core.versions.text_sha256 IS 'Hex SHA-256 of text in UTF-8.';
COMMENT ON COLUMN core.versions.content_hash IS '128 bits, hex, of the normalised words; equal for exact duplicates.';
COMMENT ON COLUMN core.versions.word_count IS 'Words in text.';
COMMENT ON COLUMN core.versions.section IS 'The publisher''s section; NULL when not stated.';
COMMENT ON COLUMN core.versions.keywords IS 'The publisher''s keywords; empty when none.';
COMMENT ON COLUMN core.versions.image_url IS 'Lead image; NULL when not stated.';
COMMENT ON COLUMN core.versions.is_paywalled IS 'The page says it is not free.';
COMMENT ON COLUMN core.versions.is_truncated IS 'The text looks cut short.';
COMMENT ON COLUMN core.versions.declared_canonical_url IS 'rel=canonical as the site claims it; NULL without one.';
COMMENT ON COLUMN core.versions.repeated_paragraphs IS 'How many paragraphs were left out because they stood before.';
COMMENT ON COLUMN core.versions.page_id IS 'The page it was extracted from.';
COMMENT ON COLUMN core.versions.extractor IS 'Name and version of what extracted it.';
COMMENT ON COLUMN core.versions.tagger IS 'Name and version of what tagged it.';
COMMENT ON COLUMN core.versions.change IS 'first, cosmetic, correction, update or rewrite, against the version before.';

CREATE TABLE core.entities (
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    country_code VARCHAR
);
COMMENT ON TABLE core.entities IS 'What mentions denote.';
COMMENT ON COLUMN core.entities.entity_id IS 'Id of the entity: of its kind and normalised name.';
COMMENT ON COLUMN core.entities.name IS 'Its name.';
COMMENT ON COLUMN core.entities.kind IS 'PERSON ORG GPE LOC NORP EVENT PRODUCT WORK FAC MISC.';
COMMENT ON COLUMN core.entities.country_code IS 'ISO 3166-1 alpha-2 of a place or people; NULL when unknown.';

CREATE TABLE core.mentions (
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    entity_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    surface VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    score DOUBLE NOT NULL
);
COMMENT ON TABLE core.mentions IS 'Spans of version texts that name an entity; they never overlap.';
COMMENT ON COLUMN core.mentions.article_id IS 'The article.';
COMMENT ON COLUMN core.mentions.version IS 'The version whose text the span lies in.';
COMMENT ON COLUMN core.mentions.entity_id IS 'What it denotes.';
COMMENT ON COLUMN core.mentions.kind IS 'PERSON ORG GPE LOC NORP EVENT PRODUCT WORK FAC MISC.';
COMMENT ON COLUMN core.mentions.surface IS 'The words, equal to text[start_char:end_char].';
COMMENT ON COLUMN core.mentions.start_char IS 'First code point, from 0.';
COMMENT ON COLUMN core.mentions.end_char IS 'One past the last code point.';
COMMENT ON COLUMN core.mentions.score IS 'The recogniser''s confidence, 0 to 1.';

CREATE TABLE core.dates (
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    surface VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    timex_type VARCHAR NOT NULL,
    timex_value VARCHAR NOT NULL,
    date_from DATE,
    date_to DATE
);
COMMENT ON TABLE core.dates IS 'Date and time expressions in version texts, resolved.';
COMMENT ON COLUMN core.dates.article_id IS 'The article.';
COMMENT ON COLUMN core.dates.version IS 'The version whose text it lies in.';
COMMENT ON COLUMN core.dates.surface IS 'The words, equal to text[start_char:end_char].';
COMMENT ON COLUMN core.dates.start_char IS 'First code point, from 0.';
COMMENT ON COLUMN core.dates.end_char IS 'One past the last code point.';
COMMENT ON COLUMN core.dates.timex_type IS 'TIMEX3 type: DATE TIME DURATION SET.';
COMMENT ON COLUMN core.dates.timex_value IS 'TIMEX3 value, ISO 8601 where it can be.';
COMMENT ON COLUMN core.dates.date_from IS 'First day covered; NULL when unknowable.';
COMMENT ON COLUMN core.dates.date_to IS 'Last day covered; NULL when unknowable.';

CREATE TABLE core.provenance (
    article_id VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    chosen BOOLEAN NOT NULL
);
COMMENT ON TABLE core.provenance IS 'Every candidate for a field, who claims it, and which one won.';
COMMENT ON COLUMN core.provenance.article_id IS 'The article.';
COMMENT ON COLUMN core.provenance.version IS 'The version.';
COMMENT ON COLUMN core.provenance.field IS 'title, published_at, modified_at, authors, language or canonical_url.';
COMMENT ON COLUMN core.provenance.value IS 'The claim, as text.';
COMMENT ON COLUMN core.provenance.source IS 'Where it stands: json_ld, og, h1, feed, htmldate, ...';
COMMENT ON COLUMN core.provenance.rule IS 'Why it won or lost.';
COMMENT ON COLUMN core.provenance.chosen IS 'True for the claim the article shows.';

CREATE TABLE core.shingles (
    key UINTEGER NOT NULL,
    article_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.shingles IS 'Sampled word 5-gram hashes of current versions: candidates for duplicates.';
COMMENT ON COLUMN core.shingles.key IS '32-bit hash of a shingle.';
COMMENT ON COLUMN core.shingles.article_id IS 'The article whose current version holds it.';

CREATE TABLE core.duplicate_pairs (
    article_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    jaccard DOUBLE NOT NULL,
    containment DOUBLE NOT NULL
);
COMMENT ON TABLE core.duplicate_pairs IS 'Pairs of articles whose current texts repeat each other; article_id < other_id.';
COMMENT ON COLUMN core.duplicate_pairs.article_id IS 'The lesser id of the pair.';
COMMENT ON COLUMN core.duplicate_pairs.other_id IS 'The greater id of the pair.';
COMMENT ON COLUMN core.duplicate_pairs.kind IS 'exact, near or contained.';
COMMENT ON COLUMN core.duplicate_pairs.jaccard IS 'Shared shingles over all shingles, 0 to 1, estimated on the sample.';
COMMENT ON COLUMN core.duplicate_pairs.containment IS 'Shared shingles over those of the smaller text, 0 to 1, likewise.';

CREATE TABLE ops.runs (
    run_id VARCHAR NOT NULL,
    flow VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    newshouse_version VARCHAR NOT NULL,
    feeds_polled INTEGER NOT NULL DEFAULT 0,
    feeds_unchanged INTEGER NOT NULL DEFAULT 0,
    feeds_failed INTEGER NOT NULL DEFAULT 0,
    entries_seen INTEGER NOT NULL DEFAULT 0,
    entries_new INTEGER NOT NULL DEFAULT 0,
    pages_fetched INTEGER NOT NULL DEFAULT 0,
    articles_new INTEGER NOT NULL DEFAULT 0,
    articles_changed INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    bugs INTEGER NOT NULL DEFAULT 0,
    bytes_received BIGINT NOT NULL DEFAULT 0,
    seconds DOUBLE NOT NULL DEFAULT 0
);
COMMENT ON TABLE ops.runs IS 'One row an execution of a flow.';
COMMENT ON COLUMN ops.runs.run_id IS 'Id of the run.';
COMMENT ON COLUMN ops.runs.flow IS 'ingest.';
COMMENT ON COLUMN ops.runs.state IS 'running, completed, completed_with_bugs, failed or interrupted.';
COMMENT ON COLUMN ops.runs.started_at IS 'When it began, UTC; the run''s now.';
COMMENT ON COLUMN ops.runs.finished_at IS 'When it ended, UTC; NULL while it runs.';
COMMENT ON COLUMN ops.runs.newshouse_version IS 'The version of newshouse that ran.';
COMMENT ON COLUMN ops.runs.feeds_polled IS 'Feeds asked.';
COMMENT ON COLUMN ops.runs.feeds_unchanged IS 'Feeds that answered 304 or the same bytes.';
COMMENT ON COLUMN ops.runs.feeds_failed IS 'Feeds that gave no usable answer.';
COMMENT ON COLUMN ops.runs.entries_seen IS 'Entries taken up: of changed feeds, and those due on their own.';
COMMENT ON COLUMN ops.runs.entries_new IS 'Of these, never seen before.';
COMMENT ON COLUMN ops.runs.pages_fetched IS 'Article pages received and archived.';
COMMENT ON COLUMN ops.runs.articles_new IS 'New articles.';
COMMENT ON COLUMN ops.runs.articles_changed IS 'New versions of known articles.';
COMMENT ON COLUMN ops.runs.duplicates IS 'New articles that repeat another.';
COMMENT ON COLUMN ops.runs.rejected IS 'Entries with no article behind them.';
COMMENT ON COLUMN ops.runs.bugs IS 'Entries quarantined because newshouse failed on them.';
COMMENT ON COLUMN ops.runs.bytes_received IS 'Body bytes over the wire, all kinds.';
COMMENT ON COLUMN ops.runs.seconds IS 'Wall seconds.';

CREATE TABLE ops.outcomes (
    run_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR,
    detail VARCHAR
);
COMMENT ON TABLE ops.outcomes IS 'How each entry left each run: once.';
COMMENT ON COLUMN ops.outcomes.run_id IS 'The run.';
COMMENT ON COLUMN ops.outcomes.entry_id IS 'The entry.';
COMMENT ON COLUMN ops.outcomes.outcome IS 'new changed unchanged known rejected failed gave_up deferred bug.';
COMMENT ON COLUMN ops.outcomes.reason IS 'Why, out of a closed list; NULL where the outcome says it all.';
COMMENT ON COLUMN ops.outcomes.detail IS 'The reason in words and figures; NULL when there is none.';

CREATE TABLE ops.feeds (
    feed_url VARCHAR NOT NULL,
    title VARCHAR,
    format VARCHAR,
    state VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    body_sha256 VARCHAR,
    last_polled_at TIMESTAMPTZ,
    last_new_at TIMESTAMPTZ,
    next_poll_at TIMESTAMPTZ,
    interval_s INTEGER,
    consecutive_failures INTEGER NOT NULL,
    last_status INTEGER,
    last_error VARCHAR,
    missed_estimate INTEGER,
    is_subscribed BOOLEAN NOT NULL
);
COMMENT ON TABLE ops.feeds IS 'What is known of each feed between polls.';
COMMENT ON COLUMN ops.feeds.feed_url IS 'The subscribed URL.';
COMMENT ON COLUMN ops.feeds.title IS 'The user''s title, else the feed''s own; NULL before the first answer.';
COMMENT ON COLUMN ops.feeds.format IS 'rss atom rdf json sitemap; NULL before the first answer.';
COMMENT ON COLUMN ops.feeds.state IS 'active failing gone paused.';
COMMENT ON COLUMN ops.feeds.etag IS 'Validator, verbatim; NULL when the server gave none.';
COMMENT ON COLUMN ops.feeds.last_modified IS 'Validator, verbatim; NULL when the server gave none.';
COMMENT ON COLUMN ops.feeds.body_sha256 IS 'Hex SHA-256 of the last body read; NULL before the first.';
COMMENT ON COLUMN ops.feeds.last_polled_at IS 'When it was last asked, UTC; NULL = never.';
COMMENT ON COLUMN ops.feeds.last_new_at IS 'When it last brought an entry never seen before, UTC; NULL = never.';
COMMENT ON COLUMN ops.feeds.next_poll_at IS 'When it is due, UTC; NULL = at once.';
COMMENT ON COLUMN ops.feeds.interval_s IS 'Seconds between polls at present; NULL before the first.';
COMMENT ON COLUMN ops.feeds.consecutive_failures IS 'Polls in a row without a usable answer.';
COMMENT ON COLUMN ops.feeds.last_status IS 'HTTP status of the last poll; NULL when no answer came.';
COMMENT ON COLUMN ops.feeds.last_error IS 'What was wrong with the last poll; NULL when it was fine.';
COMMENT ON COLUMN ops.feeds.missed_estimate IS 'Entries estimated to have come and gone between polls; NULL = not estimated.';
COMMENT ON COLUMN ops.feeds.is_subscribed IS 'False once the feed was removed from feeds.toml.';

CREATE TABLE ops.bugs (
    run_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL,
    input VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    trace VARCHAR NOT NULL
);
COMMENT ON TABLE ops.bugs IS 'Inputs newshouse failed on, quarantined so that the run went on.';
COMMENT ON COLUMN ops.bugs.run_id IS 'The run.';
COMMENT ON COLUMN ops.bugs.entry_id IS 'The entry.';
COMMENT ON COLUMN ops.bugs.raised_at IS 'When, UTC.';
COMMENT ON COLUMN ops.bugs.input IS 'Archive address or URL of the input.';
COMMENT ON COLUMN ops.bugs.detail IS 'The error.';
COMMENT ON COLUMN ops.bugs.trace IS 'The traceback.';

CREATE TABLE ops.alarms (
    raised_at TIMESTAMPTZ NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    cleared_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.alarms IS 'Troubles that want a person.';
COMMENT ON COLUMN ops.alarms.raised_at IS 'When it was noticed, UTC.';
COMMENT ON COLUMN ops.alarms.kind IS 'feed_gone, feed_failing, run_interrupted, bugs.';
COMMENT ON COLUMN ops.alarms.subject IS 'The feed URL or run id.';
COMMENT ON COLUMN ops.alarms.detail IS 'What is wrong, in words.';
COMMENT ON COLUMN ops.alarms.cleared_at IS 'When it was over, UTC; NULL = still on.';

CREATE TABLE ops.archive_files (
    warc_file VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    file_bytes BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    sealed_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.archive_files IS 'WARC files that are complete; they never change again.';
COMMENT ON COLUMN ops.archive_files.warc_file IS 'File name under data/archive.';
COMMENT ON COLUMN ops.archive_files.run_id IS 'The run that wrote it.';
COMMENT ON COLUMN ops.archive_files.file_bytes IS 'Its length in bytes.';
COMMENT ON COLUMN ops.archive_files.sha256 IS 'Hex SHA-256 of the file.';
COMMENT ON COLUMN ops.archive_files.sealed_at IS 'When it was completed, UTC.';
