-- The articles of an article's story that say in their own words what it tells of: which one each is
-- like, in words, the words both have, rarest first, and how often it was copied. Those like the article
-- itself, or what it repeats, come first.
WITH told AS (FROM main.story($article_id)),
own AS (SELECT coalesce(duplicate_of, article_id) AS article_id FROM told WHERE article_id = $article_id),
members AS (
    SELECT
        t.article_id, t.source, t.title, t.published_at, t.lag_s, t.alike_id, t.evidence,
        (SELECT count(*) FROM told AS c WHERE c.duplicate_of = t.article_id) AS copy_count,
        t.alike_id = (FROM own) AS is_alike
    FROM told AS t
    WHERE t.duplicate_of IS NULL AND t.article_id <> (FROM own)
),
words AS (
    SELECT e.article_id, w.key, w.weight::INTEGER AS weight
    FROM core.event_words AS w JOIN core.event_leads AS e USING (article_no)
    WHERE e.article_id IN (SELECT unnest([article_id, alike_id]) FROM members)
),
shared AS (
    SELECT m.article_id, a.key, a.weight + b.weight AS weight
    FROM members AS m
    JOIN words AS a ON a.article_id = m.article_id
    JOIN words AS b ON b.article_id = m.alike_id AND b.key = a.key
),
known AS (
    SELECT key, any_value(held) AS held, min(form) AS form
    FROM (SELECT key, count(*) AS held FROM core.event_words
        WHERE key IN (SELECT key FROM shared) GROUP BY key)
    JOIN (SELECT (stem_key >> 32)::UINTEGER AS key, form FROM core.terms) USING (key)
    GROUP BY key
)
SELECT
    m.article_id, m.source, m.title, m.published_at, m.lag_s, m.copy_count, m.alike_id, m.is_alike,
    m.evidence,
    list(k.form ORDER BY k.held, s.weight DESC, k.form) FILTER (k.form IS NOT NULL) AS shared_words
FROM members AS m
LEFT JOIN shared AS s ON s.article_id = m.article_id
LEFT JOIN known AS k ON k.key = s.key
GROUP BY ALL
ORDER BY m.is_alike DESC, m.published_at NULLS LAST, m.article_id;
