-- The files of `redacted` hold no payload of any record that was queued; of those of a run that is
-- not finished nothing is sealed yet.
UPDATE ops.redactions SET redacted_at = $now
WHERE redacted_at IS NULL AND warc_file IN (SELECT warc_file FROM redacted);

UPDATE ops.archive_files AS f SET sha256 = r.sha256
FROM redacted AS r WHERE r.warc_file = f.warc_file;
