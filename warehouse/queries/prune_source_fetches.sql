-- What alarms no longer look at: four weeks are compared with. A source nobody heard of for over a
-- year has no rhythm to keep.
DELETE FROM ops.source_fetches WHERE from_at < $now::TIMESTAMPTZ - INTERVAL 35 DAY;

DELETE FROM ops.source_norms WHERE as_of < $now::TIMESTAMPTZ - INTERVAL 400 DAY;
