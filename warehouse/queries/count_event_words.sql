-- `event_worded` takes the place of `event_gone` among the words and their counts. Leaves `retried`:
-- articles whose words count otherwise now. A word counts the more the fewer articles have it that
-- were published in an article's own thirty days or before; so that what comes today is no matter to
-- the stories of last year. How many have it is told in powers of eight: retried are those that come,
-- and of the others those that hold a word that is of another power now, or all of a period, when the
-- articles up to it grow by a power. Everything is a function of the articles there are.
CREATE OR REPLACE TEMP MACRO power_of(held) AS
    CASE WHEN held < 8 THEN 0 WHEN held < 64 THEN 1 WHEN held < 512 THEN 2 WHEN held < 4096 THEN 3
        WHEN held < 32768 THEN 4 WHEN held < 262144 THEN 5 WHEN held < 2097152 THEN 6 ELSE 7 END;

CREATE OR REPLACE TEMP MACRO top_of(articles) AS greatest(4, power_of(articles) + 1);

CREATE OR REPLACE TEMP TABLE event_new AS
SELECT
    ((SELECT coalesce(max(article_no), 0) FROM core.event_leads)
        + row_number() OVER (ORDER BY w.article_id))::INTEGER AS article_no,
    w.article_id, w.version, v.published_at,
    floor(epoch(v.published_at) / $period_s)::INTEGER AS period
FROM event_wanted AS w
JOIN core.versions AS v ON v.article_id = w.article_id AND v.version = w.version;

CREATE OR REPLACE TEMP TABLE event_turned AS
SELECT article_no, period, -1 AS change FROM core.event_leads SEMI JOIN event_gone USING (article_no)
UNION ALL
SELECT article_no, period, 1 FROM event_new;

CREATE OR REPLACE TEMP TABLE event_stirred AS
SELECT period, key, sum(change)::INTEGER AS change
FROM (
    SELECT n.period, w.key, 1 AS change
    FROM event_worded AS w JOIN event_new AS n USING (article_id)
    UNION ALL
    SELECT t.period, w.key, t.change
    FROM core.event_words AS w JOIN event_turned AS t USING (article_no)
)
WHERE period IS NOT NULL
GROUP BY period, key HAVING sum(change) <> 0;

DELETE FROM core.event_words WHERE article_no IN (SELECT article_no FROM event_gone);

DELETE FROM core.event_leads WHERE article_no IN (SELECT article_no FROM event_gone);

INSERT INTO core.event_leads (article_no, article_id, version, published_at, norm, period)
SELECT article_no, article_id, version, published_at, 0, period FROM event_new ORDER BY article_no;

INSERT INTO core.event_words
SELECT w.key, n.article_no, w.weight
FROM event_worded AS w JOIN event_new AS n USING (article_id)
ORDER BY n.article_no;

-- Of each word that more or fewer have now every period it stands in.
CREATE OR REPLACE TEMP TABLE event_recounted AS
SELECT period, key, held, known, known_by, sum(held) OVER (PARTITION BY key ORDER BY period)::INTEGER AS held_by
FROM (
    SELECT period, key, sum(held + change)::INTEGER AS held, sum(held)::INTEGER AS known,
        sum(held_by)::INTEGER AS known_by
    FROM (
        SELECT period, key, held, held_by, 0 AS change
        FROM core.event_counts SEMI JOIN event_stirred USING (key)
        UNION ALL
        SELECT period, key, 0, 0, change FROM event_stirred
    )
    GROUP BY period, key
);

MERGE INTO core.event_counts AS c
USING (FROM event_recounted WHERE held <> known OR held_by <> known_by) AS r
ON c.period = r.period AND c.key = r.key
WHEN MATCHED AND r.held = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET held = r.held, held_by = r.held_by
WHEN NOT MATCHED THEN INSERT (period, key, held, held_by) VALUES (r.period, r.key, r.held, r.held_by);

-- The power of all articles up to each period: a word of the same power counts nothing.
CREATE OR REPLACE TEMP TABLE event_tops AS
SELECT period, top_of(articles) AS top, top_of(articles) <> top_of(articles - change) AS is_other
FROM (
    SELECT period, sum(articles) OVER (ORDER BY period) AS articles,
        sum(change) OVER (ORDER BY period) AS change
    FROM (
        SELECT period, sum(articles) AS articles, sum(change) AS change
        FROM (
            SELECT period, 1 AS articles, 0 AS change FROM core.event_leads
            UNION ALL
            SELECT period, 0, change FROM event_turned
        )
        WHERE period IS NOT NULL
        GROUP BY period
    )
);

CREATE OR REPLACE TEMP TABLE event_crossed AS
SELECT period, key FROM event_recounted
WHERE known_by > 0 AND power_of(held_by) <> power_of(known_by);

-- Numbers are given in order of arrival: of articles of the last weeks a scan reads the end alone.
SET VARIABLE event_from = (
    SELECT min(article_no) FROM core.event_leads SEMI JOIN event_crossed USING (period)
);

-- Step by step: otherwise periods, which are few, would be joined first.
CREATE OR REPLACE TEMP TABLE retried AS
WITH holders AS MATERIALIZED (
    SELECT w.key, w.article_no
    FROM core.event_words AS w
    SEMI JOIN event_crossed USING (key)
    WHERE w.article_no >= getvariable('event_from')
),
placed AS MATERIALIZED (
    SELECT h.key, h.article_no, e.period
    FROM holders AS h JOIN core.event_leads AS e USING (article_no)
)
SELECT article_no, period FROM event_new WHERE period IS NOT NULL
UNION
SELECT article_no, period FROM placed SEMI JOIN event_crossed USING (key, period)
UNION
SELECT e.article_no, e.period FROM core.event_leads AS e JOIN event_tops AS t USING (period)
WHERE t.is_other;
