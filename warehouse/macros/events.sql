-- Of the stories each one is like, it names that of the article asked for, else the most like.
CREATE OR REPLACE MACRO main.event(article) AS TABLE
WITH asked AS (
    SELECT o.event_id, o.story_id FROM main.article_events AS o WHERE o.article_id = article
),
stories AS (
    SELECT s.story_id FROM core.event_stories AS s WHERE s.event_id = (SELECT event_id FROM asked)
    UNION
    SELECT story_id FROM asked
),
told AS (
    FROM main.article_events AS e WHERE e.story_id IN (SELECT story_id FROM stories)
),
pairs AS (
    FROM core.event_pairs AS p
    WHERE p.article_id IN (SELECT story_id FROM stories)
        AND p.other_id IN (SELECT story_id FROM stories)
),
nearest AS (
    SELECT story_id, arg_max({'id': alike_id, 'similarity': similarity, 'words': shared_count},
        (alike_id IN (SELECT story_id FROM asked), similarity, alike_id)) AS pair
    FROM (
        SELECT article_id AS story_id, other_id AS alike_id, similarity, shared_count FROM pairs
        UNION ALL
        SELECT other_id, article_id, similarity, shared_count FROM pairs
    )
    GROUP BY story_id
)
SELECT
    e.published_at,
    epoch(e.published_at - min(e.published_at) OVER ())::BIGINT AS lag_s,
    e.source, e.title, e.article_id, e.story_id, e.article_id <> e.story_id AS is_copy,
    CASE WHEN e.article_id <> e.story_id THEN e.story_id ELSE n.pair.id END AS alike_id,
    CASE
        WHEN e.article_id <> e.story_id THEN 'a copy'
        ELSE coalesce(
            main.say_likeness(n.pair.similarity, n.pair.words, e.published_at, o.published_at),
            'no other story tells of it')
    END AS evidence
FROM told AS e
LEFT JOIN nearest AS n ON n.story_id = e.story_id
LEFT JOIN told AS o ON o.article_id = n.pair.id
ORDER BY e.published_at NULLS LAST, e.article_id;
COMMENT ON MACRO TABLE main.event IS 'How the event of an article was told: every article of it, in order of time, and why it is one of them, in words.';

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
    SELECT key, count(*) AS holder_count FROM core.event_words
    WHERE key IN (SELECT key FROM both_have) GROUP BY key
) AS h USING (key)
JOIN core.terms AS t ON (t.stem_key >> 32)::UINTEGER = b.key
GROUP BY b.key, h.holder_count, b.weight
ORDER BY article_count, weight DESC, word;
COMMENT ON MACRO TABLE main.shared_words IS 'Words by which two articles are alike as tellers of one event, rarest first.';
