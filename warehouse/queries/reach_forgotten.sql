-- Everything of what is to be forgotten: `sought` has a row a thing asked for, under the id its
-- article has (or, never ingested, would have). An address that other articles were found under too
-- stays theirs, and a page that one of their versions was made of is never touched.
CREATE OR REPLACE TEMP TABLE forgotten AS
SELECT DISTINCT article_id FROM core.articles SEMI JOIN sought USING (article_id);

CREATE OR REPLACE TEMP TABLE forgotten_urls AS
SELECT DISTINCT ON (url_id) url_id, article_id
FROM (
    SELECT url_id, article_id FROM sought WHERE url_id IS NOT NULL
    UNION ALL
    SELECT url_id, article_id FROM core.article_urls SEMI JOIN sought USING (article_id)
    UNION ALL
    SELECT url_id, article_id FROM core.entries SEMI JOIN sought USING (article_id)
    WHERE url_id IS NOT NULL
)
WHERE url_id NOT IN (
    SELECT url_id FROM core.article_urls ANTI JOIN sought USING (article_id))
ORDER BY url_id, article_id;

CREATE OR REPLACE TEMP TABLE forgotten_entries AS
SELECT DISTINCT ON (entry_id) entry_id, article_id
FROM (
    SELECT entry_id, article_id FROM sought WHERE entry_id IS NOT NULL
    UNION ALL
    SELECT entry_id, article_id FROM core.entries SEMI JOIN sought USING (article_id)
    UNION ALL
    SELECT e.entry_id, u.article_id FROM core.entries AS e JOIN forgotten_urls AS u USING (url_id)
)
ORDER BY entry_id, article_id;

CREATE OR REPLACE TEMP TABLE forgotten_merges AS
SELECT m.* FROM core.entry_merges AS m SEMI JOIN forgotten_entries USING (entry_id);

-- As they are written, to find them in tables that know no other name of them.
CREATE OR REPLACE TEMP TABLE forgotten_addresses AS
SELECT DISTINCT url
FROM (
    SELECT url FROM sought
    UNION ALL
    SELECT url FROM core.article_urls SEMI JOIN forgotten_urls USING (url_id)
    UNION ALL
    SELECT unnest([url, canonical_url]) FROM core.articles SEMI JOIN forgotten USING (article_id)
    UNION ALL
    SELECT url FROM core.entries SEMI JOIN forgotten_entries USING (entry_id)
    UNION ALL
    SELECT url FROM raw.entries SEMI JOIN forgotten_entries USING (entry_id)
    UNION ALL
    SELECT unnest([was_url, now_url]) FROM forgotten_merges
    UNION ALL
    SELECT unnest([url, final_url]) FROM raw.pages WHERE page_id IN (
        SELECT page_id FROM core.versions SEMI JOIN forgotten USING (article_id)
        UNION ALL
        SELECT page_id FROM core.entries SEMI JOIN forgotten_entries USING (entry_id))
)
WHERE url IS NOT NULL AND NOT starts_with(url, 'forgotten:')
    AND url NOT IN (
        SELECT url FROM core.article_urls ANTI JOIN forgotten_urls USING (url_id));

CREATE OR REPLACE TEMP TABLE forgotten_pages AS
SELECT page_id FROM raw.pages
WHERE kind IN ('page', 'entry')
    AND (page_id IN (SELECT page_id FROM core.versions SEMI JOIN forgotten USING (article_id))
        OR page_id IN (
            SELECT page_id FROM core.entries SEMI JOIN forgotten_entries USING (entry_id)
            WHERE page_id IS NOT NULL)
        OR url IN (SELECT url FROM forgotten_addresses)
        OR final_url IN (SELECT url FROM forgotten_addresses))
    AND page_id NOT IN (
        SELECT page_id FROM core.versions ANTI JOIN forgotten USING (article_id));

-- The feeds' documents of every run that met one of the entries. Those of its own feed carried it;
-- others of the same runs may have: whoever forgets looks into them.
CREATE OR REPLACE TEMP TABLE forgotten_documents AS
WITH met AS (
    SELECT o.run_id, e.feed_url
    FROM ops.outcomes AS o
    JOIN core.entries AS e USING (entry_id)
    SEMI JOIN forgotten_entries USING (entry_id)
    UNION
    SELECT run_id, feed_url FROM raw.entries SEMI JOIN forgotten_entries USING (entry_id)
),
asked AS (
    SELECT m.run_id, unnest([m.feed_url, f.address, f.validators_url]) AS url
    FROM met AS m LEFT JOIN ops.feeds AS f USING (feed_url)
)
SELECT p.page_id, (p.run_id, p.url) IN (SELECT (run_id, url) FROM asked) AS is_certain
FROM raw.pages AS p
WHERE p.kind = 'feed' AND p.run_id IN (SELECT run_id FROM met)
    AND p.page_id NOT IN (SELECT page_id FROM ops.redactions);

CREATE OR REPLACE TEMP TABLE forgotten_keys AS
SELECT DISTINCT ON (k.kind, k.key) k.kind, k.key, k.article_id, w.reason
FROM (
    SELECT 'article' AS kind, article_id AS key, article_id FROM sought
    UNION ALL
    SELECT 'url', url_id, article_id FROM forgotten_urls
    UNION ALL
    SELECT 'entry', entry_id, article_id FROM forgotten_entries
    UNION ALL
    SELECT 'guid', sha256(g.feed_url || ' ' || g.guid)[:32], e.article_id
    FROM (
        SELECT entry_id, feed_url, guid FROM core.entries
        UNION ALL
        SELECT entry_id, feed_url, guid FROM raw.entries
    ) AS g
    JOIN forgotten_entries AS e USING (entry_id)
    WHERE g.guid IS NOT NULL
    UNION ALL
    SELECT 'text', sha256(a.source || ' ' || v.content_hash)[:32], article_id
    FROM core.articles AS a
    JOIN core.versions AS v USING (article_id)
    SEMI JOIN forgotten USING (article_id)
) AS k
JOIN (SELECT article_id, min(reason) AS reason FROM sought GROUP BY article_id) AS w
    USING (article_id)
ORDER BY k.kind, k.key, k.article_id;
