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
