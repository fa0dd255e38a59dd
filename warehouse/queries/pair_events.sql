-- Pairs of articles that may tell of one event, `event_worded` taking the place of `event_gone`. A
-- word counts the more the fewer articles have it; how many is told in powers of eight, so that few
-- articles have to be compared again when others come: those that hold a word that is of another
-- power now (`retried`), or all, when the whole grows by a power. Every pair is a function of the
-- articles there are.
CREATE OR REPLACE TEMP MACRO power_of(held) AS
    CASE WHEN held < 8 THEN 0 WHEN held < 64 THEN 1 WHEN held < 512 THEN 2 WHEN held < 4096 THEN 3
        WHEN held < 32768 THEN 4 WHEN held < 262144 THEN 5 WHEN held < 2097152 THEN 6 ELSE 7 END;

CREATE OR REPLACE TEMP MACRO top_of(articles) AS greatest(4, power_of(articles) + 1);

CREATE OR REPLACE TEMP TABLE event_new AS
SELECT
    ((SELECT coalesce(max(article_no), 0) FROM core.event_leads)
        + row_number() OVER (ORDER BY w.article_id))::INTEGER AS article_no,
    w.article_id, w.version, v.published_at
FROM event_wanted AS w
JOIN core.versions AS v ON v.article_id = w.article_id AND v.version = w.version;

CREATE OR REPLACE TEMP TABLE event_stirred AS
SELECT key, sum(change)::INTEGER AS change
FROM (
    SELECT key, 1 AS change FROM event_worded
    UNION ALL
    SELECT key, -1 FROM core.event_words SEMI JOIN event_gone USING (article_no)
)
GROUP BY key HAVING sum(change) <> 0;

SET VARIABLE event_top_before = (SELECT top_of(count(*)) FROM core.event_leads);

DELETE FROM core.event_words WHERE article_no IN (SELECT article_no FROM event_gone);

DELETE FROM core.event_leads WHERE article_no IN (SELECT article_no FROM event_gone);

INSERT INTO core.event_leads
SELECT article_no, article_id, version, published_at, 0 FROM event_new ORDER BY article_no;

INSERT INTO core.event_words
SELECT w.key, n.article_no, w.weight
FROM event_worded AS w JOIN event_new AS n USING (article_id)
ORDER BY n.article_no;

SET VARIABLE event_top = (SELECT top_of(count(*)) FROM core.event_leads);

CREATE OR REPLACE TEMP TABLE retried AS
SELECT article_no FROM event_new
UNION
SELECT article_no FROM core.event_words SEMI JOIN (
    SELECT key FROM (
        SELECT key, count(*) AS held FROM core.event_words SEMI JOIN event_stirred USING (key) GROUP BY key
    ) JOIN event_stirred USING (key)
    WHERE power_of(held) <> power_of(held - change)
) USING (key)
UNION
SELECT article_no FROM core.event_leads
WHERE getvariable('event_top') <> getvariable('event_top_before');

CREATE OR REPLACE TEMP TABLE retried_words AS
FROM core.event_words SEMI JOIN retried USING (article_no);

-- What a word counts; 0 where as good as all have it.
CREATE OR REPLACE TEMP TABLE event_rarity AS
SELECT key, count(*) AS held,
    (greatest(0, getvariable('event_top') - power_of(count(*))) ** 2)::INTEGER AS rarity,
    power_of(count(*)) <= greatest(1, getvariable('event_top') - 4) AS is_leading
FROM core.event_words
SEMI JOIN retried_words USING (key)
GROUP BY key;

CREATE OR REPLACE TEMP TABLE event_forces AS
SELECT w.key, w.article_no, w.weight::BIGINT * r.rarity AS force, r.rarity, r.is_leading
FROM retried_words AS w JOIN event_rarity AS r USING (key)
WHERE r.rarity > 0;

UPDATE core.event_leads AS e SET norm = n.norm
FROM (SELECT article_no, sqrt(sum(force ** 2)) AS norm FROM event_forces GROUP BY article_no) AS n
WHERE n.article_no = e.article_no;

-- What was known of their pairs is forgotten, and may come back.
CREATE OR REPLACE TEMP TABLE shaken_leads AS
SELECT article_id FROM core.event_leads SEMI JOIN retried USING (article_no)
UNION
SELECT article_id FROM event_gone;

CREATE OR REPLACE TEMP TABLE pairs_before AS
SELECT p.* FROM core.event_pairs AS p
WHERE p.article_id IN (SELECT article_id FROM shaken_leads)
    OR p.other_id IN (SELECT article_id FROM shaken_leads);

DELETE FROM core.event_keys
WHERE article_no IN (SELECT article_no FROM retried UNION ALL SELECT article_no FROM event_gone);

INSERT INTO core.event_keys
SELECT key, article_no
FROM event_forces
WHERE is_leading
QUALIFY row_number() OVER (PARTITION BY article_no ORDER BY force DESC, key) <= $outstanding
ORDER BY article_no;

-- Two that share some of the words they are looked up by, and were published within days of each other.
CREATE OR REPLACE TEMP TABLE event_asking AS
SELECT k.key, k.article_no, epoch_us(e.published_at) AS at_us, e.norm
FROM core.event_keys AS k
JOIN core.event_leads AS e USING (article_no)
WHERE article_no IN (SELECT article_no FROM retried) AND e.published_at IS NOT NULL;

CREATE OR REPLACE TEMP TABLE event_asked AS
SELECT k.key, k.article_no, epoch_us(e.published_at) AS at_us, e.norm,
    k.article_no IN (SELECT article_no FROM retried) AS is_retried
FROM core.event_keys AS k
JOIN core.event_leads AS e USING (article_no)
WHERE k.key IN (SELECT key FROM event_asking)
    AND epoch_us(e.published_at) BETWEEN (SELECT min(at_us) - $window_us FROM event_asking)
        AND (SELECT max(at_us) + $window_us FROM event_asking);

CREATE OR REPLACE TEMP TABLE prospects AS
SELECT m.article_no AS one_no, n.article_no AS other_no, any_value(m.norm * n.norm) AS norms
FROM event_asking AS m
JOIN event_asked AS n ON n.key = m.key
    AND n.at_us BETWEEN m.at_us - $window_us AND m.at_us + $window_us
    AND n.article_no <> m.article_no
    AND (n.article_no < m.article_no OR NOT n.is_retried)
GROUP BY m.article_no, n.article_no
HAVING count(*) >= $least_shared;

-- Each of these pairs word by word. In two steps: words come to their pairs first, and meet words of
-- the other article then; the other way round every two articles with a common word would meet.
CREATE OR REPLACE TEMP TABLE prospect_words AS
SELECT p.one_no, p.other_no, p.norms, w.key, w.force * w.rarity AS force
FROM prospects AS p JOIN event_forces AS w ON w.article_no = p.one_no;

CREATE OR REPLACE TEMP TABLE pairs_now AS
WITH theirs AS (
    SELECT article_no, key, weight FROM core.event_words
    WHERE article_no IN (SELECT other_no FROM prospects)
),
compared AS (
    SELECT p.one_no, p.other_no, count(*) AS shared_count,
        round(1e6 * sum(p.force * w.weight) / any_value(p.norms)) / 1e6 AS similarity
    FROM prospect_words AS p
    JOIN theirs AS w ON w.article_no = p.other_no AND w.key = p.key
    GROUP BY p.one_no, p.other_no
)
SELECT least(x.article_id, y.article_id) AS article_id,
    greatest(x.article_id, y.article_id) AS other_id,
    c.similarity, c.shared_count::INTEGER AS shared_count
FROM compared AS c
JOIN core.event_leads AS x ON x.article_no = c.one_no
JOIN core.event_leads AS y ON y.article_no = c.other_no
WHERE c.similarity >= $least_similarity;

DELETE FROM core.event_pairs
WHERE (article_id, other_id) IN (SELECT (article_id, other_id) FROM pairs_before);

INSERT INTO core.event_pairs FROM pairs_now;
