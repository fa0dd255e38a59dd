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
