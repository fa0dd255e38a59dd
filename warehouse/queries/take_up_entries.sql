-- Entries due on their own (a retry, a revisit, what a killed run left) enter this run too.
-- Of one host's pages that are only looked at again the longest due are admitted; what is new,
-- restated or failed is never held back. Those held back stay due. With $all, what waits because
-- its page could not be had is tried at once; what was read and found to be no article waits on.
CREATE OR REPLACE TEMP TABLE due AS
SELECT entry_id, url_id, due_at,
    article_id IS NOT NULL AND outcome NOT IN ('failed', 'deferred') AS is_revisit,
    lower(regexp_extract(url, '^[^:/?#]+://(?:[^/?#@]*@)?([^/?#:]+|\[[^\]]*\])', 1)) AS host
FROM core.entries
WHERE url IS NOT NULL
    AND (due_at <= $now
        OR ($all AND due_at IS NOT NULL AND article_id IS NULL AND reason NOT IN (
            'too_short', 'no_title', 'not_an_article', 'unparsable', 'refine_timeout',
            'refine_memory')))
    AND ($feed_urls IS NULL OR list_contains($feed_urls, feed_url));

CREATE OR REPLACE TEMP TABLE admitted AS
SELECT entry_id, due_at FROM due WHERE url_id IN (
    SELECT url_id FROM (
        SELECT url_id, bool_and(is_revisit) AS is_revisit, min(due_at) AS due_at,
            min(host) AS host
        FROM due GROUP BY url_id
    )
    QUALIFY NOT is_revisit OR row_number() OVER (
        PARTITION BY host, is_revisit ORDER BY due_at, url_id) <= $revisits_per_host
);

-- Met in a feed of this run, saying nothing new, and its page is not looked at this time.
UPDATE ops.outcomes SET outcome = 'unchanged', detail = 'its page is looked at in a later run'
WHERE run_id = $run_id AND outcome = 'deferred'
    AND entry_id IN (SELECT entry_id FROM due ANTI JOIN admitted USING (entry_id));

CREATE OR REPLACE TEMP TABLE taken_up AS
SELECT entry_id, due_at FROM admitted AS a
WHERE NOT EXISTS (
    SELECT 1 FROM ops.outcomes AS o WHERE o.run_id = $run_id AND o.entry_id = a.entry_id);

INSERT INTO ops.outcomes
SELECT $run_id, entry_id, 'deferred', NULL, 'due since ' || due_at FROM taken_up;

UPDATE ops.runs SET entries_seen = entries_seen + (SELECT count(*) FROM taken_up)
WHERE run_id = $run_id;
