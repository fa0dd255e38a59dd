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
WITH named AS (
    SELECT entity_id, article_id, sum(count)::BIGINT AS mentions, sum(sign(count))::BIGINT AS articles,
        any_value(surfaces) AS surfaces
    FROM (
        SELECT entity_id, article_id, count(*) AS count, list(surface) AS surfaces
        FROM said GROUP BY ALL
        UNION ALL
        SELECT entity_id, article_id, -count(*), NULL FROM unsaid GROUP BY ALL
    )
    GROUP BY ALL
)
SELECT n.entity_id, sum(n.mentions)::BIGINT AS mentions, sum(n.articles)::BIGINT AS articles,
    min(a.first_seen_at) FILTER (n.surfaces IS NOT NULL) AS first_seen_at,
    max(a.first_seen_at) FILTER (n.surfaces IS NOT NULL) AS last_seen_at,
    list_distinct(flatten(list(n.surfaces))) AS surfaces
FROM named AS n
JOIN core.articles AS a USING (article_id)
GROUP BY n.entity_id;

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
SELECT entity_id FROM unsaid ANTI JOIN said USING (article_id, entity_id, surface);
