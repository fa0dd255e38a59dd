-- Runs that never finished, and how far each of their WARC files is accounted for by pages.
SELECT r.run_id, p.warc_file, max(p.warc_offset + p.warc_length) AS kept_bytes
FROM ops.runs AS r
LEFT JOIN raw.pages AS p ON p.run_id = r.run_id
WHERE r.state = 'running'
GROUP BY ALL
ORDER BY ALL;
