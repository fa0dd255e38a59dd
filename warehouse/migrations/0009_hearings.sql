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
