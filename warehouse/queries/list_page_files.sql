SELECT DISTINCT warc_file FROM raw.pages ORDER BY warc_file;
