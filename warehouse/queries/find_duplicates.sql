-- Pairs and stories of the articles this batch touched. Simple on purpose: sampled shingles,
-- no verification of slots yet. Labels are a function of the pairs alone, so order is no matter.
DELETE FROM core.shingles WHERE article_id IN (SELECT article_id FROM kept WHERE verdict = 'changed');

INSERT INTO core.shingles SELECT unnest(shingles), article_id FROM kept;

DELETE FROM core.duplicate_pairs
WHERE article_id IN (SELECT article_id FROM kept) OR other_id IN (SELECT article_id FROM kept);

-- Pairs that share 4 keys or more. Some keys are of phrases that a source closes every article with:
-- to join on them compares all its articles with one another. So the three of a touched article's
-- keys that most articles have are left out at first: who shares four shares one of the others.
CREATE OR REPLACE TEMP TABLE keyed AS
SELECT DISTINCT article_id, unnest(shingles) AS key FROM kept;

CREATE OR REPLACE TEMP TABLE holders AS
SELECT DISTINCT key, article_id FROM core.shingles WHERE key IN (SELECT key FROM keyed);

CREATE OR REPLACE TEMP TABLE shared AS
WITH counted AS (SELECT key, count(*) AS holder_count FROM holders GROUP BY key),
telling AS (
    SELECT k.article_id, k.key FROM keyed AS k JOIN counted AS c USING (key)
    WHERE c.holder_count > 1
    QUALIFY row_number() OVER (
        PARTITION BY k.article_id ORDER BY c.holder_count DESC, k.key) > 3
),
met AS (
    SELECT DISTINCT t.article_id, o.article_id AS other_id
    FROM telling AS t JOIN holders AS o ON o.key = t.key AND o.article_id <> t.article_id
)
SELECT least(m.article_id, m.other_id) AS article_id, greatest(m.article_id, m.other_id) AS other_id,
    count(DISTINCT k.key) AS common
FROM met AS m
JOIN keyed AS k ON k.article_id = m.article_id
JOIN holders AS o ON o.key = k.key AND o.article_id = m.other_id
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

-- The least id that reaches each article names its component. Each step looks only at the articles
-- whose name changed in the last, so that a story of a thousand copies is no million of paths.
CREATE OR REPLACE TEMP TABLE connected AS
WITH RECURSIVE edges AS (
    SELECT article_id AS a, other_id AS b FROM core.duplicate_pairs
    WHERE article_id IN (SELECT article_id FROM affected)
    UNION
    SELECT other_id, article_id FROM core.duplicate_pairs
    WHERE article_id IN (SELECT article_id FROM affected)
),
reached(article_id, least_id) USING KEY (article_id) AS (
    SELECT article_id, article_id FROM affected
    UNION
    SELECT e.b, min(r.least_id)
    FROM reached AS r
    JOIN edges AS e ON e.a = r.article_id
    JOIN recurring.reached AS known ON known.article_id = e.b AND r.least_id < known.least_id
    GROUP BY e.b
)
SELECT article_id, least_id FROM reached;

CREATE OR REPLACE TEMP TABLE labelled AS
WITH dated AS (
    SELECT c.article_id, c.least_id, v.published_at
    FROM connected AS c
    JOIN core.articles AS a ON a.article_id = c.article_id
    JOIN core.versions AS v ON v.article_id = a.article_id AND v.version = a.version
),
first AS (
    SELECT least_id, arg_min(article_id, (published_at IS NULL, published_at, article_id))
        AS canonical_id
    FROM dated GROUP BY least_id
)
SELECT article_id, canonical_id FROM dated JOIN first USING (least_id);

UPDATE core.articles AS a
SET story_id = l.canonical_id,
    duplicate_of = CASE WHEN l.canonical_id <> a.article_id THEN l.canonical_id END
FROM labelled AS l
WHERE a.article_id = l.article_id
    AND (a.story_id <> l.canonical_id
        OR a.duplicate_of IS DISTINCT FROM
            CASE WHEN l.canonical_id <> a.article_id THEN l.canonical_id END);
