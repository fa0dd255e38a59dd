-- What the batch adds to the counts of entities, and takes off them. `told` has what is new,
-- `unsaid` what stood before.
CREATE OR REPLACE TEMP TABLE said AS
SELECT article_id, m.entity_id AS entity_id, m.surface AS surface
FROM (SELECT article_id, unnest(mentions) AS m FROM told);

-- What is current again because a better page of the sitting says it.
INSERT INTO said
SELECT m.article_id, m.entity_id, m.surface
FROM core.mentions AS m
JOIN core.articles AS a ON a.article_id = m.article_id AND a.version = m.version
JOIN decided AS d ON d.article_id = m.article_id
WHERE d.verdict = 'same' AND d.undone_version IS NOT NULL;

CREATE OR REPLACE TEMP TABLE counted AS
WITH gained AS (
    SELECT n.entity_id, sum(n.mentions)::BIGINT AS mentions, count(*) AS articles,
        min(a.first_seen_at) AS first_seen_at, max(a.first_seen_at) AS last_seen_at
    FROM (SELECT entity_id, article_id, count(*) AS mentions FROM said GROUP BY ALL) AS n
    JOIN core.articles AS a USING (article_id)
    GROUP BY n.entity_id
),
lost AS (
    SELECT entity_id, count(*) AS mentions, count(DISTINCT article_id) AS articles
    FROM unsaid GROUP BY entity_id
),
spelt AS (
    SELECT entity_id, list(surface) AS surfaces
    FROM (SELECT DISTINCT entity_id, surface FROM said)
    GROUP BY entity_id
)
SELECT entity_id,
    coalesce(g.mentions, 0) - coalesce(l.mentions, 0) AS mentions,
    coalesce(g.articles, 0) - coalesce(l.articles, 0) AS articles,
    g.first_seen_at, g.last_seen_at, coalesce(s.surfaces, []) AS surfaces
FROM gained AS g
FULL JOIN lost AS l USING (entity_id)
LEFT JOIN spelt AS s USING (entity_id);

UPDATE core.entities AS e
SET mention_count = mention_count + c.mentions, article_count = article_count + c.articles,
    first_seen_at = least(e.first_seen_at, c.first_seen_at),
    last_seen_at = greatest(e.last_seen_at, c.last_seen_at)
FROM counted AS c
WHERE c.entity_id = e.entity_id;

UPDATE core.entities AS e
SET aliases = list_sort(list_distinct(list_concat(e.aliases, c.surfaces)))
FROM counted AS c
WHERE c.entity_id = e.entity_id AND NOT list_has_all(e.aliases, c.surfaces);

-- Sums can be taken back, ends and ways of writing cannot.
CREATE OR REPLACE TEMP TABLE recounted AS
SELECT DISTINCT entity_id FROM unsaid WHERE verdict = 'new'
UNION
SELECT entity_id FROM unsaid
ANTI JOIN (FROM said SEMI JOIN unsaid USING (article_id)) USING (article_id, entity_id, surface);
