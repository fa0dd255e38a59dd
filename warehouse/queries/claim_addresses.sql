-- An address that two articles claim, whichever batch came first: it is its own article's; else, of
-- those that claim it in one sitting, the one that moved there; else the lesser's. What a merge, or a
-- move of an earlier sitting, brought stays.
CREATE OR REPLACE TEMP TABLE won AS
WITH claims AS (
    SELECT DISTINCT ON (u.url_id) u.*, t.sitting
    FROM addresses AS u
    JOIN sittings AS t USING (run_id)
    ORDER BY u.url_id, u.article_id <> u.url_id, NOT u.is_moved, u.article_id, u.url, u.merge_id
),
held AS (
    SELECT k.url_id, k.article_id, t.sitting,
        k.merge_id IS NOT NULL OR w.url_id IS NOT NULL AS is_moved
    FROM core.article_urls AS k
    LEFT JOIN core.article_moves AS w ON w.url_id = k.url_id AND w.article_id = k.article_id
    LEFT JOIN core.entry_merges AS g ON g.merge_id = k.merge_id AND g.now_url = k.url
    LEFT JOIN sittings AS t ON t.run_id = k.run_id
    WHERE k.url_id IN (SELECT url_id FROM claims) AND g.merge_id IS NULL
)
SELECT c.url_id, c.article_id, c.url, c.merge_id
FROM claims AS c
JOIN held AS k USING (url_id)
WHERE CASE WHEN k.sitting = c.sitting
    THEN (c.article_id <> c.url_id, NOT c.is_moved, c.article_id)
        < (k.article_id <> k.url_id, NOT k.is_moved, k.article_id)
    ELSE c.article_id = c.url_id AND k.article_id <> k.url_id AND NOT k.is_moved END;

UPDATE core.article_urls AS k
SET article_id = w.article_id, url = w.url, merge_id = w.merge_id
FROM won AS w
WHERE k.url_id = w.url_id;

DELETE FROM core.article_moves AS m
USING won AS w
WHERE m.url_id = w.url_id AND m.article_id <> w.article_id;

-- Of the addresses at which movers were found, or say that they are, those that are new and theirs:
-- the article goes by them from now on. Of several that brought one the least is told.
CREATE OR REPLACE TEMP TABLE arrived AS
SELECT m.article_id, u.url_id, u.run_id, r.started_at AS moved_at, m.was_url, m.now_url, m.evidence,
    t.sitting
FROM movers AS m
JOIN addresses AS u USING (entry_id)
JOIN ops.runs AS r ON r.run_id = u.run_id
JOIN sittings AS t ON t.run_id = u.run_id
JOIN core.article_urls AS k ON k.url_id = u.url_id AND k.article_id = m.article_id
JOIN sittings AS f ON f.run_id = k.run_id AND f.sitting = t.sitting;

INSERT INTO arrived
SELECT m.*, t.sitting
FROM core.article_moves AS m
JOIN sittings AS t USING (run_id)
WHERE (m.article_id, m.url_id, t.sitting) IN (SELECT (article_id, url_id, sitting) FROM arrived);

DELETE FROM core.article_moves
WHERE (article_id, url_id) IN (SELECT (article_id, url_id) FROM arrived);

INSERT INTO core.article_moves
SELECT DISTINCT ON (url_id) * EXCLUDE (sitting)
FROM arrived
ORDER BY url_id, now_url, was_url, evidence;
