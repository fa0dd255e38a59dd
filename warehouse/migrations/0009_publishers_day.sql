-- What an article's publisher calls the day, and live blogs apart.
ALTER TABLE core.versions ADD COLUMN published_offset_minutes INTEGER;
ALTER TABLE core.versions ADD COLUMN kind VARCHAR;
COMMENT ON COLUMN core.versions.published_offset_minutes IS 'Minutes east of UTC of the publisher at published_at; NULL where nothing tells, or only a day is known.';
COMMENT ON COLUMN core.versions.kind IS 'article or live_blog; NULL where it was loaded before that was told apart.';
