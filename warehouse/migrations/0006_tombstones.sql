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
