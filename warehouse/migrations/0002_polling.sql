-- What polling politely has to remember: moves, rhythms and lies of feeds, redirects, hosts,
-- usage signals, and how entries were recognised. New columns of old tables can be NULL because
-- ADD COLUMN takes no NOT NULL; each says what NULL means.

ALTER TABLE ops.feeds ADD COLUMN tags VARCHAR[];
ALTER TABLE ops.feeds ADD COLUMN address VARCHAR;
ALTER TABLE ops.feeds ADD COLUMN validators_url VARCHAR;
ALTER TABLE ops.feeds ADD COLUMN move_target VARCHAR;
ALTER TABLE ops.feeds ADD COLUMN move_sightings INTEGER;
ALTER TABLE ops.feeds ADD COLUMN move_first_seen_at TIMESTAMPTZ;
ALTER TABLE ops.feeds ADD COLUMN lied_at TIMESTAMPTZ;
ALTER TABLE ops.feeds ADD COLUMN failing_since TIMESTAMPTZ;
ALTER TABLE ops.feeds ADD COLUMN floor_s INTEGER;
ALTER TABLE ops.feeds ADD COLUMN arrivals DOUBLE[];
ALTER TABLE ops.feeds ADD COLUMN arrivals_since TIMESTAMPTZ;
ALTER TABLE ops.feeds ADD COLUMN arrivals_as_of TIMESTAMPTZ;
ALTER TABLE ops.feeds ADD COLUMN newest_entry_at TIMESTAMPTZ;
ALTER TABLE ops.feeds ADD COLUMN silent_at TIMESTAMPTZ;
ALTER TABLE ops.feeds ADD COLUMN window_entries INTEGER;
ALTER TABLE ops.feeds ADD COLUMN skip_hours INTEGER[];
ALTER TABLE ops.feeds ADD COLUMN skip_days INTEGER[];
COMMENT ON COLUMN ops.feeds.feed_url IS 'The subscribed URL; it names the feed for ever, also after a move.';
COMMENT ON COLUMN ops.feeds.missed_estimate IS 'Entries estimated to have come and gone between polls, in all; NULL = never estimated.';
COMMENT ON COLUMN ops.feeds.tags IS 'The user''s tags; NULL = none were ever given.';
COMMENT ON COLUMN ops.feeds.address IS 'Where it is asked since a permanent move was adopted; NULL = at feed_url.';
COMMENT ON COLUMN ops.feeds.validators_url IS 'The address that gave etag and last_modified, the only one they are sent to; NULL = not known.';
COMMENT ON COLUMN ops.feeds.move_target IS 'Where a permanent redirect leads that is not adopted yet; NULL = there is none.';
COMMENT ON COLUMN ops.feeds.move_sightings IS 'Polls in a row that met this redirect; NULL = there is none.';
COMMENT ON COLUMN ops.feeds.move_first_seen_at IS 'When the first of them was, UTC; NULL = there is none.';
COMMENT ON COLUMN ops.feeds.lied_at IS 'When a 304 of it was found to hide news, UTC; NULL = never, or long enough ago to be trusted.';
COMMENT ON COLUMN ops.feeds.failing_since IS 'When the first of the failures in a row was, UTC; NULL = the last poll was fine.';
COMMENT ON COLUMN ops.feeds.floor_s IS 'Least seconds between polls the publisher asks for; NULL = it asks for none.';
COMMENT ON COLUMN ops.feeds.arrivals IS '24 counts of entries by UTC hour of the day, older ones counting less; NULL = nothing known.';
COMMENT ON COLUMN ops.feeds.arrivals_since IS 'When counting arrivals began, UTC; NULL = nothing known.';
COMMENT ON COLUMN ops.feeds.arrivals_as_of IS 'The time at which arrivals are what they say, UTC; NULL = nothing known.';
COMMENT ON COLUMN ops.feeds.newest_entry_at IS 'When its newest entry was published, UTC; NULL = none was dated.';
COMMENT ON COLUMN ops.feeds.silent_at IS 'By when something new should have come, UTC; NULL = cannot be said.';
COMMENT ON COLUMN ops.feeds.window_entries IS 'Entries its last whole document showed; NULL before the first.';
COMMENT ON COLUMN ops.feeds.skip_hours IS 'Hours of the day, UTC, at which it asks not to be polled; NULL or empty = none.';
COMMENT ON COLUMN ops.feeds.skip_days IS 'Days at which it asks not to be polled, 0 = Monday; NULL or empty = none.';

ALTER TABLE raw.fetches ADD COLUMN hops STRUCT(url VARCHAR, status INTEGER, location VARCHAR)[];
COMMENT ON COLUMN raw.fetches.hops IS 'Redirects on the way to final_url, in order: url answered status and named location; NULL = none, or asked before they were kept.';

COMMENT ON TABLE raw.pages IS 'Every archived answer, and texts carried by feeds, with where the raw bytes lie; append-only.';
COMMENT ON COLUMN raw.pages.kind IS 'page for an article page, feed for a feed document, entry for a text a feed carried.';

ALTER TABLE ops.runs ADD COLUMN pruned_at TIMESTAMPTZ;
COMMENT ON COLUMN ops.runs.pruned_at IS 'When old polls of it were dropped from raw.fetches, UTC; NULL = all are there.';
COMMENT ON COLUMN ops.alarms.kind IS 'feed_failing feed_gone feed_lying feed_silent feed_moved feed_missing_entries run_interrupted bugs.';
COMMENT ON TABLE raw.fetches IS 'Every HTTP question asked and how it was answered; old polls that brought nothing are dropped.';

ALTER TABLE core.articles ADD COLUMN vanished_at TIMESTAMPTZ;
COMMENT ON COLUMN core.articles.vanished_at IS 'When its page, looked at again, was found gone (404, 410), UTC; NULL = it was there when last asked for.';

ALTER TABLE core.article_urls ADD COLUMN merge_id VARCHAR;
COMMENT ON COLUMN core.article_urls.merge_id IS 'The merge of entries the address came with; NULL = the article was found there.';

ALTER TABLE core.entries ADD COLUMN carried_chars INTEGER;
COMMENT ON COLUMN core.entries.carried_chars IS 'Length of the HTML its feed carries for it; NULL = it carries none.';
UPDATE core.entries AS e SET carried_chars = r.chars
FROM (
    SELECT entry_id, arg_max(coalesce(length(content_html), 0), seen_at)::INTEGER AS chars
    FROM raw.entries GROUP BY entry_id
) AS r
WHERE r.entry_id = e.entry_id AND r.chars > 0;

CREATE TABLE core.entry_merges (
    merge_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    feed_url VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    merged_at TIMESTAMPTZ NOT NULL,
    reason VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    was_guid VARCHAR,
    was_url VARCHAR,
    was_title VARCHAR,
    now_guid VARCHAR,
    now_url VARCHAR,
    now_title VARCHAR,
    split_at TIMESTAMPTZ
);
COMMENT ON TABLE core.entry_merges IS 'Feed items taken for an entry we knew although guid or address had changed, and why.';
COMMENT ON COLUMN core.entry_merges.merge_id IS 'Id of the merge.';
COMMENT ON COLUMN core.entry_merges.entry_id IS 'The entry it was taken for.';
COMMENT ON COLUMN core.entry_merges.feed_url IS 'The feed it stands in.';
COMMENT ON COLUMN core.entry_merges.run_id IS 'The run that took it for the entry.';
COMMENT ON COLUMN core.entry_merges.merged_at IS 'When that was, UTC.';
COMMENT ON COLUMN core.entry_merges.reason IS 'guid_changed, address_changed or host_moved.';
COMMENT ON COLUMN core.entry_merges.evidence IS 'What speaks for it, in words.';
COMMENT ON COLUMN core.entry_merges.was_guid IS 'guid/id of the entry before; NULL when it had none.';
COMMENT ON COLUMN core.entry_merges.was_url IS 'Its link before; NULL when it had none.';
COMMENT ON COLUMN core.entry_merges.was_title IS 'Its title before; NULL when it had none.';
COMMENT ON COLUMN core.entry_merges.now_guid IS 'guid/id of the item; NULL when it has none.';
COMMENT ON COLUMN core.entry_merges.now_url IS 'Its link; NULL when it has none.';
COMMENT ON COLUMN core.entry_merges.now_title IS 'Its title; NULL when it has none.';
COMMENT ON COLUMN core.entry_merges.split_at IS 'When a person undid it, UTC; NULL = it holds.';

CREATE TABLE raw.usage_signals (
    page_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL
);
COMMENT ON TABLE raw.usage_signals IS 'What publishers say of machine use of their pages, as received; recorded, not judged.';
COMMENT ON COLUMN raw.usage_signals.page_id IS 'The page it was said of.';
COMMENT ON COLUMN raw.usage_signals.source IS 'Where it stands: robots (robots.txt), header or meta.';
COMMENT ON COLUMN raw.usage_signals.name IS 'Which signal: the robot spoken to, the header or the meta element.';
COMMENT ON COLUMN raw.usage_signals.value IS 'What it says, verbatim.';

CREATE TABLE ops.host_paces (
    host VARCHAR NOT NULL,
    closed_until TIMESTAMPTZ,
    delay_s DOUBLE NOT NULL,
    slow_until TIMESTAMPTZ
);
COMMENT ON TABLE ops.host_paces IS 'Hosts that asked for patience by 429 or 503; dropped when it is over.';
COMMENT ON COLUMN ops.host_paces.host IS 'The host.';
COMMENT ON COLUMN ops.host_paces.closed_until IS 'Before this nothing is asked of it, UTC; NULL = it may be asked.';
COMMENT ON COLUMN ops.host_paces.delay_s IS 'Seconds between two questions to it until slow_until.';
COMMENT ON COLUMN ops.host_paces.slow_until IS 'Until when they are that far apart, UTC; NULL = not slowed.';

CREATE TABLE ops.robots (
    origin VARCHAR NOT NULL,
    text VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    validators_url VARCHAR,
    fetched_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    unreachable_since TIMESTAMPTZ,
    detail VARCHAR
);
COMMENT ON TABLE ops.robots IS 'Each host''s robots.txt as last read; dropped after 30 days without a question.';
COMMENT ON COLUMN ops.robots.origin IS 'Scheme, host and port it speaks for.';
COMMENT ON COLUMN ops.robots.text IS 'The file, decoded; NULL where there is none, or none that could be read.';
COMMENT ON COLUMN ops.robots.etag IS 'Validator, verbatim; NULL when the server gave none.';
COMMENT ON COLUMN ops.robots.last_modified IS 'Validator, verbatim; NULL when the server gave none.';
COMMENT ON COLUMN ops.robots.validators_url IS 'The address that gave them; NULL = not known.';
COMMENT ON COLUMN ops.robots.fetched_at IS 'When it was last asked for, UTC.';
COMMENT ON COLUMN ops.robots.expires_at IS 'When it is to be asked for again, UTC.';
COMMENT ON COLUMN ops.robots.unreachable_since IS 'Since when it cannot be had, UTC; NULL = it can.';
COMMENT ON COLUMN ops.robots.detail IS 'What went wrong with it, in words; NULL = nothing.';
