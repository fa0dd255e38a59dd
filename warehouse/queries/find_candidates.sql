-- `doubtful`, the pairs to be decided: those that share enough keys which are not hot (see
-- etl.dedup.chance) and have an article of the batch, or one whose fresh words are others since a
-- paragraph of it became hot or ceased to be. What is known of these articles' pairs is forgotten.
-- Reads `asked`, `held` and `flipped` of weigh_keys.
--
-- Numbers of articles ascend in the tables, so that a scan can pass over most row groups where it is told
-- them one by one: by default it is told fifty, and of more than these it read a billion rows.
SET dynamic_or_filter_threshold = 20000;

CREATE OR REPLACE TEMP TABLE retried AS
SELECT article_no FROM compared
UNION
SELECT article_no FROM held SEMI JOIN (
    SELECT key FROM flipped WHERE key > $largest_shingle
) USING (key);

-- Of those that are not of the batch, the keys that were not asked for: mostly there are none, and
-- core.shingles is not read again.
CREATE OR REPLACE TEMP TABLE further AS
SELECT DISTINCT key, true AS is_asked
FROM core.shingles
SEMI JOIN (FROM retried ANTI JOIN compared USING (article_no)) USING (article_no)
ANTI JOIN asked USING (key)
ANTI JOIN core.hot_keys USING (key);

INSERT INTO held
SELECT key, article_no FROM core.shingles
SEMI JOIN (SELECT key FROM further WHERE is_asked) USING (key);

CREATE OR REPLACE TEMP TABLE doubtful AS
WITH mine AS (
    SELECT key, article_no FROM held
    SEMI JOIN retried USING (article_no)
    ANTI JOIN core.hot_keys USING (key)
)
SELECT least(m.article_no, o.article_no) AS one_no,
    greatest(m.article_no, o.article_no) AS other_no,
    sum(CASE WHEN m.key > $largest_shingle THEN $paragraph_weight ELSE $gram_weight END) AS weight
FROM mine AS m
JOIN held AS o ON o.key = m.key AND o.article_no <> m.article_no
-- Of two that are both asked about one asks.
WHERE o.article_no < m.article_no OR o.article_no NOT IN (SELECT article_no FROM retried)
GROUP BY ALL;

-- Of all others, pairs that a 5-gram leads to now, or no longer does.
CREATE OR REPLACE TEMP TABLE flipped_pairs AS
WITH holders AS (
    SELECT s.key, s.article_no, f.is_hot
    FROM held AS s JOIN flipped AS f USING (key)
    ANTI JOIN retried USING (article_no)
    WHERE s.key <= $largest_shingle
),
known AS (
    SELECT least(x.article_no, y.article_no) AS one_no, greatest(x.article_no, y.article_no) AS other_no
    FROM core.duplicate_pairs AS p
    JOIN core.sketches AS x ON x.article_id = p.article_id
    JOIN core.sketches AS y ON y.article_id = p.other_id
    WHERE EXISTS (FROM holders)
)
SELECT DISTINCT a.article_no AS one_no, b.article_no AS other_no
FROM holders AS a
JOIN holders AS b ON b.key = a.key AND b.article_no > a.article_no
WHERE NOT a.is_hot
UNION
SELECT k.one_no, k.other_no
FROM known AS k
JOIN holders AS a ON a.article_no = k.one_no
JOIN holders AS b ON b.article_no = k.other_no AND b.key = a.key;

INSERT INTO doubtful
WITH telling AS (
    SELECT s.key, s.article_no FROM core.shingles AS s
    SEMI JOIN (
        SELECT one_no AS article_no FROM flipped_pairs UNION SELECT other_no FROM flipped_pairs
    ) USING (article_no)
    ANTI JOIN core.hot_keys USING (key)
)
SELECT f.one_no, f.other_no,
    sum(CASE WHEN a.key > $largest_shingle THEN $paragraph_weight ELSE $gram_weight END)
FROM flipped_pairs AS f
JOIN telling AS a ON a.article_no = f.one_no
JOIN telling AS b ON b.article_no = f.other_no AND b.key = a.key
GROUP BY ALL;

-- Pairs that share one key alone: it is chance, unless they are short or it is a paragraph, and both were
-- published about the same time.
CREATE OR REPLACE TEMP TABLE chancy AS
SELECT one_no, other_no, weight, true AS is_asked FROM doubtful WHERE weight < $telling_weight;

CREATE OR REPLACE TEMP TABLE faced AS
SELECT article_no, key_count, published_on FROM core.sketches
SEMI JOIN (
    SELECT one_no AS article_no FROM chancy WHERE is_asked
    UNION
    SELECT other_no FROM chancy WHERE is_asked
) USING (article_no);

DELETE FROM doubtful
WHERE weight < $telling_weight AND (one_no, other_no) IN (
    SELECT (c.one_no, c.other_no)
    FROM chancy AS c
    JOIN faced AS x ON x.article_no = c.one_no
    JOIN faced AS y ON y.article_no = c.other_no
    WHERE (c.weight < $paragraph_weight AND least(x.key_count, y.key_count) > $few_keys)
        OR abs(x.published_on - y.published_on) > $chance_days
);

-- `unsettled` has every article whose pairs may be others afterwards.
CREATE OR REPLACE TEMP TABLE stirred AS
SELECT article_no, bool_or(is_retried) AS is_retried, true AS is_asked
FROM (
    SELECT article_no, true AS is_retried FROM retried
    UNION ALL
    SELECT unnest([one_no, other_no]), false FROM flipped_pairs
)
GROUP BY article_no;

CREATE OR REPLACE TEMP TABLE unsettled AS
SELECT s.article_no, s.article_id, t.is_retried
FROM core.sketches AS s
JOIN (FROM stirred WHERE is_asked) AS t USING (article_no);

DELETE FROM core.duplicate_pairs
WHERE article_id IN (SELECT article_id FROM unsettled WHERE is_retried)
    OR other_id IN (SELECT article_id FROM unsettled WHERE is_retried)
    OR (article_id, other_id) IN (
        SELECT (least(x.article_id, y.article_id), greatest(x.article_id, y.article_id))
        FROM flipped_pairs AS f
        JOIN unsettled AS x ON x.article_no = f.one_no
        JOIN unsettled AS y ON y.article_no = f.other_no);

RESET dynamic_or_filter_threshold;
