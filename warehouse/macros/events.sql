CREATE OR REPLACE MACRO main.event(article) AS TABLE
SELECT
    e.published_at,
    epoch(e.published_at - min(e.published_at) OVER ())::BIGINT AS lag_s,
    e.source, e.title, e.article_id, e.story_id, e.article_id <> e.story_id AS is_copy
FROM main.article_events AS e
WHERE e.event_id = (SELECT o.event_id FROM main.article_events AS o WHERE o.article_id = article)
ORDER BY e.published_at NULLS LAST, e.article_id;
COMMENT ON MACRO TABLE main.event IS 'How the event of an article was told: every article of it, in order of time.';

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
