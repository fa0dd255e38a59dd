-- Which keys are hot (etl.dedup.wear), among those the batch holds or that lost a holder. A key that
-- is hot stays so while it loses none.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT DISTINCT key, true AS is_asked FROM (
    SELECT key FROM (SELECT unnest(shingles) AS key FROM compared) ANTI JOIN core.hot_keys USING (key)
    UNION ALL
    FROM shaken
);

-- `held`: who holds them. The one pass over core.shingles that pairing needs, whatever else is asked
-- of these keys reads `held`. DuckDB tests a Bloom filter as it reads only where the smaller side has
-- a condition, and `is_asked` is one: of 108 million rows it takes half the CPU.
CREATE OR REPLACE TEMP TABLE held AS
SELECT key, article_no FROM core.shingles
SEMI JOIN (SELECT key FROM asked WHERE is_asked) USING (key);

CREATE OR REPLACE TEMP TABLE flipped AS
WITH several AS (
    SELECT h.key, h.article_no FROM held AS h
    SEMI JOIN (
        SELECT key FROM held GROUP BY key HAVING count(*) >= least($paragraph_site, $paragraph_days)
    ) USING (key)
),
seen AS (
    SELECT v.key, s.source, s.published_on, count(*) AS holder_count
    FROM several AS v JOIN core.sketches AS s USING (article_no)
    GROUP BY ALL
),
by_site AS (
    SELECT key, max(holder_count) AS of_one_site
    FROM (SELECT key, source, sum(holder_count) AS holder_count FROM seen GROUP BY ALL)
    GROUP BY key
),
by_day AS (
    SELECT key, count(DISTINCT published_on) AS days, max(published_on) - min(published_on) AS span
    FROM seen GROUP BY key
),
hot AS (
    SELECT key FROM by_site JOIN by_day USING (key)
    WHERE CASE WHEN key > $largest_shingle
        THEN of_one_site >= $paragraph_site OR (days >= $paragraph_days AND span >= $paragraph_span)
        ELSE of_one_site >= $shingle_site OR (days >= $shingle_days AND span >= $shingle_span) END
)
SELECT key, true AS is_hot FROM hot ANTI JOIN core.hot_keys USING (key)
UNION ALL
SELECT key, false FROM (FROM shaken SEMI JOIN core.hot_keys USING (key)) ANTI JOIN hot USING (key)
GROUP BY key;

DELETE FROM core.hot_keys WHERE key IN (SELECT key FROM flipped WHERE NOT is_hot);

INSERT INTO core.hot_keys SELECT key FROM flipped WHERE is_hot;

DELETE FROM shaken;
