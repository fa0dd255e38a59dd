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
