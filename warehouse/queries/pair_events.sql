-- Pairs of articles that may tell of one event, those of `retried` anew: see count_event_words.
SET VARIABLE retried_from = (SELECT min(article_no) FROM retried);

-- What a word counts in a period, and in those next to it: nothing where as good as all have it.
CREATE OR REPLACE TEMP TABLE event_rarity AS
SELECT key, period, rarity, is_leading
FROM (
    SELECT c.key, c.period, (greatest(0, t.top - power_of(c.held_by)) ** 2)::INTEGER AS rarity,
        power_of(c.held_by) <= greatest(1, t.top - 4) AS is_leading
    FROM core.event_counts AS c JOIN event_tops AS t USING (period)
    WHERE c.period IN (SELECT DISTINCT unnest([period - 1, period, period + 1]) FROM retried)
)
WHERE rarity > 0;

CREATE OR REPLACE TEMP TABLE event_forces AS
WITH theirs AS MATERIALIZED (
    SELECT w.key, w.article_no, w.weight, r.period
    FROM core.event_words AS w JOIN retried AS r USING (article_no)
    WHERE w.article_no >= getvariable('retried_from')
)
SELECT key, w.article_no, w.weight::BIGINT * r.rarity AS force, r.is_leading
FROM theirs AS w JOIN event_rarity AS r USING (key, period);

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
SELECT p.one_no, p.other_no, p.norms, w.key, w.force
FROM prospects AS p JOIN event_forces AS w ON w.article_no = p.one_no;

SET VARIABLE prospects_from = (SELECT min(other_no) FROM prospects);

CREATE OR REPLACE TEMP TABLE their_forces AS
WITH theirs AS MATERIALIZED (
    SELECT w.key, w.article_no, w.weight, e.period
    FROM core.event_words AS w JOIN core.event_leads AS e USING (article_no)
    WHERE w.article_no >= getvariable('prospects_from')
        AND w.article_no IN (SELECT other_no FROM prospects)
)
SELECT key, w.article_no, w.weight::BIGINT * r.rarity AS force
FROM theirs AS w JOIN event_rarity AS r USING (key, period);

CREATE OR REPLACE TEMP TABLE pairs_now AS
WITH compared AS (
    SELECT p.one_no, p.other_no, count(*) AS shared_count,
        round(1e6 * sum(p.force * w.force) / any_value(p.norms)) / 1e6 AS similarity
    FROM prospect_words AS p
    JOIN their_forces AS w ON w.article_no = p.other_no AND w.key = p.key
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
