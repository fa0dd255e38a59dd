-- Pairs and stories of the articles this batch touched. Simple on purpose: sampled shingles,
-- no verification of slots yet. Labels are a function of the pairs alone, so order is no matter.
DELETE FROM core.shingles WHERE article_id IN (SELECT article_id FROM kept WHERE verdict = 'changed');

INSERT INTO core.shingles SELECT unnest(shingles), article_id FROM kept;

DELETE FROM core.duplicate_pairs
WHERE article_id IN (SELECT article_id FROM kept) OR other_id IN (SELECT article_id FROM kept);

CREATE OR REPLACE TEMP TABLE shared AS
SELECT least(m.article_id, o.article_id) AS article_id,
    greatest(m.article_id, o.article_id) AS other_id,
    count(DISTINCT m.key) AS common
FROM (SELECT article_id, unnest(shingles) AS key FROM kept) AS m
JOIN core.shingles AS o ON o.key = m.key AND o.article_id <> m.article_id
GROUP BY ALL
HAVING common >= 4;

CREATE OR REPLACE TEMP TABLE sizes AS
SELECT article_id, count(DISTINCT key) AS keys FROM core.shingles
WHERE article_id IN (SELECT article_id FROM shared UNION SELECT other_id FROM shared)
GROUP BY article_id;

INSERT INTO core.duplicate_pairs
WITH measured AS (
    SELECT s.article_id, s.other_id, s.common,
        s.common / (a.keys + b.keys - s.common) AS jaccard,
        s.common / least(a.keys, b.keys) AS containment
    FROM shared AS s
    JOIN sizes AS a ON a.article_id = s.article_id
    JOIN sizes AS b ON b.article_id = s.other_id
),
hashes AS (
    SELECT a.article_id, v.content_hash
    FROM core.articles AS a JOIN core.versions AS v USING (article_id, version)
    WHERE a.article_id IN (SELECT article_id FROM sizes)
)
SELECT m.article_id, m.other_id,
    CASE WHEN x.content_hash = y.content_hash THEN 'exact'
        WHEN m.jaccard >= 0.7 THEN 'near' ELSE 'contained' END,
    m.jaccard, m.containment
FROM measured AS m
JOIN hashes AS x ON x.article_id = m.article_id
JOIN hashes AS y ON y.article_id = m.other_id
WHERE x.content_hash = y.content_hash OR m.jaccard >= 0.7
    OR (m.containment >= 0.9 AND m.common >= 8);

-- Everything in a story with, or newly paired to, a touched article is labelled afresh.
CREATE OR REPLACE TEMP TABLE affected AS
WITH stories AS (
    SELECT story_id FROM core.articles WHERE article_id IN (SELECT article_id FROM kept)
    UNION
    SELECT story_id FROM core.articles
    WHERE article_id IN (
        SELECT unnest([article_id, other_id]) FROM core.duplicate_pairs
        WHERE article_id IN (SELECT article_id FROM kept)
            OR other_id IN (SELECT article_id FROM kept))
)
SELECT article_id FROM core.articles WHERE story_id IN (SELECT story_id FROM stories);

CREATE OR REPLACE TEMP TABLE labelled AS
WITH RECURSIVE edges AS (
    SELECT article_id AS a, other_id AS b FROM core.duplicate_pairs
    WHERE article_id IN (SELECT article_id FROM affected)
    UNION ALL
    SELECT other_id, article_id FROM core.duplicate_pairs
    WHERE article_id IN (SELECT article_id FROM affected)
),
reached AS (
    SELECT article_id AS start, article_id AS here FROM affected
    UNION
    SELECT r.start, e.b FROM reached AS r JOIN edges AS e ON e.a = r.here
)
SELECT r.start AS article_id,
    arg_min(r.here, (v.published_at IS NULL, v.published_at, r.here)) AS canonical_id
FROM reached AS r
JOIN core.articles AS a ON a.article_id = r.here
JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
GROUP BY r.start;

UPDATE core.articles AS a
SET story_id = l.canonical_id,
    duplicate_of = CASE WHEN l.canonical_id <> a.article_id THEN l.canonical_id END
FROM labelled AS l
WHERE a.article_id = l.article_id
    AND (a.story_id <> l.canonical_id
        OR a.duplicate_of IS DISTINCT FROM
            CASE WHEN l.canonical_id <> a.article_id THEN l.canonical_id END);
