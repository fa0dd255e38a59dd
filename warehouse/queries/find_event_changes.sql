-- What of core.event_leads is no longer so (`event_gone`) and what lacks (`event_wanted`). `reworded`
-- has articles whose words may be others although their version is the same.
CREATE OR REPLACE TEMP TABLE event_gone AS
SELECT e.article_no, e.article_id
FROM core.event_leads AS e
LEFT JOIN core.articles AS a
    ON a.article_id = e.article_id AND a.version = e.version AND a.duplicate_of IS NULL
WHERE a.article_id IS NULL OR e.article_id IN (SELECT article_id FROM reworded);

CREATE OR REPLACE TEMP TABLE event_wanted AS
SELECT a.article_id, a.version
FROM core.articles AS a
ANTI JOIN (FROM core.event_leads ANTI JOIN event_gone USING (article_no)) AS e
    ON e.article_id = a.article_id
WHERE a.duplicate_of IS NULL;

CREATE OR REPLACE TEMP TABLE event_worded (article_id VARCHAR, key UINTEGER, weight USMALLINT);
