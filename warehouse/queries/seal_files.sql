INSERT INTO ops.archive_files
SELECT f.warc_file, f.run_id, f.file_bytes, f.sha256, $now
FROM (SELECT unnest($files::STRUCT(
    warc_file VARCHAR, run_id VARCHAR, file_bytes BIGINT, sha256 VARCHAR)[]) AS f);
