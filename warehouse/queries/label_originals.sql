-- What the articles repeat whose pairs may have changed. Labels are a function of the pairs alone, so
-- order is no matter. Every copy of, or newly paired to, one of `unsettled` is labelled afresh. Which
-- story an article is of follows from it, see settle_stories.
CREATE OR REPLACE TEMP TABLE affected AS
WITH originals AS (
    SELECT coalesce(duplicate_of, article_id) AS original_id FROM core.articles
    WHERE article_id IN (SELECT article_id FROM unsettled)
    UNION
    SELECT coalesce(duplicate_of, article_id) FROM core.articles
    WHERE article_id IN (
        SELECT unnest([article_id, other_id]) FROM core.duplicate_pairs
        WHERE article_id IN (SELECT article_id FROM unsettled)
            OR other_id IN (SELECT article_id FROM unsettled))
)
SELECT article_id FROM core.articles
WHERE coalesce(duplicate_of, article_id) IN (SELECT original_id FROM originals);

-- The least id that reaches each article names its component. Each step looks only at the articles
-- whose name changed in the last, so that a text of a thousand copies is no million of paths.
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
SET duplicate_of = CASE WHEN l.canonical_id <> a.article_id THEN l.canonical_id END
FROM labelled AS l
WHERE a.article_id = l.article_id
    AND a.duplicate_of IS DISTINCT FROM
        CASE WHEN l.canonical_id <> a.article_id THEN l.canonical_id END;
