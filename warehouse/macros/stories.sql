-- A copy is in a story by what it repeats, another article by what it is like: if there is such a pair,
-- the article asked for, or of a copy its original, else the surest, else the most like.
CREATE OR REPLACE MACRO main.story(article) AS TABLE
WITH members AS (
    SELECT a.*, count(*) OVER () AS member_count, min(a.published_at) OVER () AS began_at
    FROM main.articles AS a
    WHERE a.story_id = (SELECT s.story_id FROM core.articles AS s WHERE s.article_id = article)
),
asked AS (
    SELECT coalesce(o.duplicate_of, o.article_id) AS original_id
    FROM core.articles AS o WHERE o.article_id = article
),
pairs AS (
    SELECT article_id, other_id, score AS measure, true AS is_copy, kind, containment,
        facts_aligned, facts_agreed, NULL AS shared_count
    FROM core.duplicate_pairs
    UNION ALL
    SELECT article_id, other_id, similarity, false, NULL, NULL, NULL, NULL, shared_count
    FROM core.event_pairs
),
nearest AS (
    SELECT w.*
    FROM (
        SELECT article_id, other_id AS alike_id, * EXCLUDE (article_id, other_id) FROM pairs
        UNION ALL
        SELECT other_id, article_id, * EXCLUDE (article_id, other_id) FROM pairs
    ) AS w
    JOIN members AS m
        ON m.article_id = w.article_id AND (m.duplicate_of IS NOT NULL) = w.is_copy
    WHERE w.alike_id IN (SELECT article_id FROM members)
    QUALIFY row_number() OVER (
        PARTITION BY w.article_id
        ORDER BY w.alike_id = coalesce(m.duplicate_of, (SELECT original_id FROM asked)) DESC,
            w.measure DESC, w.alike_id) = 1
)
SELECT
    m.* EXCLUDE (member_count, began_at),
    (epoch(m.published_at) - epoch(m.began_at))::BIGINT AS lag_s,
    n.alike_id,
    CASE
        WHEN m.member_count = 1 THEN 'nobody else tells of it'
        WHEN m.duplicate_of IS NOT NULL THEN coalesce(
            main.say_repeat(n.kind, n.containment, n.facts_aligned, n.facts_agreed),
            'a copy through other articles')
        WHEN n.alike_id IS NULL THEN 'published first'
        ELSE main.say_likeness(n.measure, n.shared_count, m.published_at, o.published_at)
    END AS evidence
FROM members AS m
LEFT JOIN nearest AS n USING (article_id)
LEFT JOIN members AS o ON o.article_id = n.alike_id
ORDER BY m.published_at NULLS LAST, m.article_id;
COMMENT ON MACRO TABLE main.story IS 'How the story of an article was told: every article of it, in order of time, and why it is one of them, in words.';

CREATE OR REPLACE MACRO main.shared_words(article, other) AS TABLE
WITH mine AS (
    SELECT w.key, w.weight, e.article_no
    FROM core.event_words AS w JOIN core.event_leads AS e USING (article_no)
    WHERE e.article_id IN (article, other)
),
both_have AS (SELECT key, sum(weight) AS weight FROM mine GROUP BY key HAVING count(*) = 2)
SELECT min(t.form) AS word, h.holder_count AS article_count, b.weight::INTEGER AS weight
FROM both_have AS b
JOIN (
    SELECT key, sum(held)::BIGINT AS holder_count FROM core.event_counts
    WHERE key IN (SELECT key FROM both_have) GROUP BY key
) AS h USING (key)
JOIN core.terms AS t ON (t.stem_key >> 32)::UINTEGER = b.key
GROUP BY b.key, h.holder_count, b.weight
ORDER BY article_count, weight DESC, word;
COMMENT ON MACRO TABLE main.shared_words IS 'Words by which two articles are alike as tellers of one event, rarest first.';
