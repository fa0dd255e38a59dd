-- The pages of one batch: new articles, and those of earlier batches that have changed since.
-- 2% are another's text as it stands (syndicated), 3% with every hundredth word another; 5% change
-- once, 1.5% twice.
CREATE OR REPLACE TEMP TABLE drawn AS
WITH numbered AS (
    SELECT n, 0 AS revision FROM range($first::BIGINT, $last::BIGINT) AS r(n)
    UNION ALL
    SELECT n, 1 FROM range(greatest($first - 2 * $size, 0)::BIGINT, greatest($last - 2 * $size, 0)::BIGINT)
        AS r(n) WHERE hash(n, 'revised') % 1000 < 50
    UNION ALL
    SELECT n, 2 FROM range(greatest($first - 4 * $size, 0)::BIGINT, greatest($last - 4 * $size, 0)::BIGINT)
        AS r(n) WHERE hash(n, 'revised') % 1000 < 15
),
seeded AS (
    SELECT *, hash(n, 'copied') % 1000 AS luck,
        CASE WHEN luck < 50 AND n > 100
            THEN n - 1 - (hash(n, 'of') % least(n, 5000)::UBIGINT)::BIGINT ELSE n END AS seed
    FROM numbered
)
SELECT a.n, a.revision, a.seed, a.luck BETWEEN 20 AND 49 AND a.seed <> a.n AS is_near,
    s.s, s.source, s.feed_url, o.place, l.language,
    (350 + hash(a.seed, 'words') % 400)::INT AS word_count,
    id_of(hash(a.n, 'entry')) AS entry_id,
    -- Found at home: the article's id is that of its address.
    id_of(hash(a.n, 'url')) AS url_id, url_id AS article_id, id_of(hash(a.n, 'page', a.revision)) AS page_id,
    id_of(hash(a.n, 'fetch', a.revision)) AS fetch_id,
    TIMESTAMPTZ '2025-06-01 00:00:00+00' + to_seconds($day_s * (a.n + part(hash(a.n, 'time'))))
        AS published_at,
    'https://' || s.source || '/' || strftime(published_at, '%Y/%m/%d') || '/'
        || regexp_replace(lower(w.word || '-' || x.word || '-' || y.word), '[^a-zа-яї-]', '', 'g')
        || '-' || a.n AS url,
    upper(w.word[1]) || w.word[2:] || ' ' || x.word || ' ' || y.word || ' ' || z.word
        || CASE WHEN a.revision > 0 THEN ' (' || y.word || ')' ELSE '' END AS title,
    [3 * o.place * $words + rank FOR rank IN
        CASE WHEN a.revision > 0 THEN [w.rank, x.rank, y.rank, z.rank, y.rank]
            ELSE [w.rank, x.rank, y.rank, z.rank] END] AS title_tokens,
    row_number() OVER () - 1 AS row_no
FROM seeded AS a
JOIN sources AS s ON s.s = floor(2000 * part(hash(a.n, 'source')) ** 1.6)
JOIN sources AS o ON o.s = floor(2000 * part(hash(a.seed, 'source')) ** 1.6)
JOIN languages AS l ON l.place = o.place
JOIN words AS w ON w.place = o.place AND w.rank = 60 + hash(a.seed, 1) % ($words - 60)
JOIN words AS x ON x.place = o.place AND x.rank = zipf(hash(a.seed, 2), $words)
JOIN words AS y ON y.place = o.place AND y.rank = zipf(hash(a.seed, 3), $words)
JOIN words AS z ON z.place = o.place AND z.rank = 60 + hash(a.seed, 4) % ($words - 60);
