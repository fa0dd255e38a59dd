-- What worse pages of this sitting made (`undone`) is taken back before a better one is loaded: as
-- if they had come in the order of their rank. Their entries leave as those of other addresses do.
CREATE OR REPLACE TEMP TABLE outdone AS
SELECT o.run_id, o.entry_id,
    CASE WHEN o.outcome = 'new' OR e.first_run_id = o.run_id THEN 'known' ELSE 'unchanged' END
        AS outcome
FROM undone AS u
JOIN core.entries AS e ON e.article_id = u.article_id
JOIN ops.outcomes AS o ON o.run_id = u.run_id AND o.entry_id = e.entry_id
WHERE o.outcome IN ('new', 'changed');

UPDATE ops.outcomes AS o SET outcome = x.outcome
FROM outdone AS x
WHERE o.run_id = x.run_id AND o.entry_id = x.entry_id;

UPDATE core.entries AS e SET outcome = x.outcome
FROM outdone AS x
WHERE e.entry_id = x.entry_id;

DELETE FROM core.mentions WHERE (article_id, version) IN (SELECT (article_id, version) FROM undone);

DELETE FROM core.dates WHERE (article_id, version) IN (SELECT (article_id, version) FROM undone);

DELETE FROM core.provenance
WHERE (article_id, version) IN (SELECT (article_id, version) FROM undone);

DELETE FROM core.changes WHERE (article_id, version) IN (SELECT (article_id, version) FROM undone);

DELETE FROM core.versions WHERE (article_id, version) IN (SELECT (article_id, version) FROM undone);

CREATE TEMP TABLE IF NOT EXISTS shaken (key UINTEGER);

INSERT INTO shaken
SELECT key FROM core.shingles
SEMI JOIN (FROM core.sketches SEMI JOIN undone USING (article_id)) USING (article_no);

DELETE FROM core.shingles WHERE article_no IN (
    SELECT article_no FROM core.sketches SEMI JOIN undone USING (article_id));

DELETE FROM core.sketches WHERE article_id IN (SELECT article_id FROM undone);

UPDATE core.versions AS v SET seen_until = NULL
FROM undone AS u
WHERE v.article_id = u.article_id AND v.version = u.version - 1;

-- Version 0 until the better one is loaded, in this transaction.
UPDATE core.articles AS a SET version = u.version - 1
FROM undone AS u
WHERE a.article_id = u.article_id;

UPDATE core.articles AS a
SET url = s.article.url, canonical_url = s.article.canonical_url, source = s.article.source,
    feed_url = s.article.feed_url, first_seen_at = d.seen_from
FROM decided AS d
JOIN staged AS s USING (entry_id)
WHERE d.verdict = 'new' AND d.is_standing AND a.article_id = d.article_id;
