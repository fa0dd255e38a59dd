SELECT warc_file, run_id, file_bytes, sha256 FROM ops.archive_files ORDER BY warc_file;
