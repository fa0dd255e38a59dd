-- No table has a key of its own (an index makes loads 5-7 times slower): this is the proof.
SELECT 'core.articles ' || article_id AS subject, count(*) || ' rows with this id' AS detail
FROM core.articles GROUP BY article_id HAVING count(*) > 1
UNION ALL
SELECT 'core.article_urls ' || url_id, count(*) || ' rows with this id'
FROM core.article_urls GROUP BY url_id HAVING count(*) > 1
UNION ALL
SELECT 'core.entities ' || entity_id, count(*) || ' rows with this id'
FROM core.entities GROUP BY entity_id HAVING count(*) > 1
UNION ALL
SELECT 'core.entries ' || entry_id, count(*) || ' rows with this id'
FROM core.entries GROUP BY entry_id HAVING count(*) > 1
UNION ALL
SELECT 'core.versions ' || article_id || ' ' || version, count(*) || ' rows with this id'
FROM core.versions GROUP BY article_id, version HAVING count(*) > 1
UNION ALL
SELECT 'raw.pages ' || page_id, count(*) || ' rows with this id'
FROM raw.pages GROUP BY page_id HAVING count(*) > 1
UNION ALL
SELECT 'raw.fetches ' || fetch_id, count(*) || ' rows with this id'
FROM raw.fetches GROUP BY fetch_id HAVING count(*) > 1
UNION ALL
SELECT 'ops.runs ' || run_id, count(*) || ' rows with this id'
FROM ops.runs GROUP BY run_id HAVING count(*) > 1
UNION ALL
SELECT 'ops.feeds ' || feed_url, count(*) || ' rows with this id'
FROM ops.feeds GROUP BY feed_url HAVING count(*) > 1
UNION ALL
SELECT 'ops.archive_files ' || warc_file, count(*) || ' rows with this id'
FROM ops.archive_files GROUP BY warc_file HAVING count(*) > 1
UNION ALL
SELECT 'core.entry_merges ' || merge_id, count(*) || ' rows with this id'
FROM core.entry_merges GROUP BY merge_id HAVING count(*) > 1
UNION ALL
SELECT 'ops.host_paces ' || host, count(*) || ' rows with this id'
FROM ops.host_paces GROUP BY host HAVING count(*) > 1
UNION ALL
SELECT 'ops.robots ' || origin, count(*) || ' rows with this id'
FROM ops.robots GROUP BY origin HAVING count(*) > 1
UNION ALL
SELECT 'raw.usage_signals ' || page_id || ' ' || name, count(*) || ' rows alike'
FROM raw.usage_signals GROUP BY page_id, source, name, value HAVING count(*) > 1
UNION ALL
SELECT 'core.tombstones ' || kind || ' ' || key, count(*) || ' rows with this key'
FROM core.tombstones GROUP BY kind, key HAVING count(*) > 1
UNION ALL
SELECT 'ops.redactions ' || page_id, count(*) || ' rows with this id'
FROM ops.redactions GROUP BY page_id HAVING count(*) > 1;
