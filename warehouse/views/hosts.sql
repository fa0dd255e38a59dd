CREATE OR REPLACE VIEW main.hosts AS
SELECT host, closed_until, delay_s, slow_until FROM ops.host_paces;
COMMENT ON VIEW main.hosts IS 'Hosts that asked for patience, and until when they get it.';

CREATE OR REPLACE VIEW main.robots AS
SELECT origin, text, fetched_at, expires_at, unreachable_since, detail FROM ops.robots;
COMMENT ON VIEW main.robots IS 'Each host''s robots.txt as last read.';

CREATE OR REPLACE VIEW main.usage_signals AS
SELECT s.page_id, s.source, s.name, s.value, p.url, a.article_id, p.fetched_at
FROM raw.usage_signals AS s
JOIN raw.pages AS p USING (page_id)
LEFT JOIN (
    SELECT page_id, article_id FROM core.versions
    UNION
    SELECT page_id, article_id FROM core.entries
    WHERE page_id IS NOT NULL AND article_id IS NOT NULL
) AS a USING (page_id);
COMMENT ON VIEW main.usage_signals IS
    'What publishers say of machine use of their pages: a row a signal of a page.';
