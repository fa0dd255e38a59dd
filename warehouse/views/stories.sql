-- In words. A macro, so that it is said of the rows asked for alone: in a view below a join it would
-- be said of every pair there is.
CREATE OR REPLACE MACRO main.say_repeat(kind, containment, facts_aligned, facts_agreed) AS
    CASE WHEN kind = 'exact' THEN 'the same words'
        ELSE format('{:.0f}% of the shorter text', containment * 100) END
    || CASE WHEN facts_aligned > 0
        THEN format(', {} of {} names and figures agree', facts_agreed, facts_aligned)
        ELSE '' END;
COMMENT ON MACRO main.say_repeat IS 'How much two articles have in common, in words.';

CREATE OR REPLACE VIEW main.duplicate_pairs AS
SELECT
    article_id, other_id, kind, jaccard, containment, score, common_words, facts_aligned,
    facts_agreed, title_overlap, rule,
    main.say_repeat(kind, containment, facts_aligned, facts_agreed) AS evidence
FROM core.duplicate_pairs;
COMMENT ON VIEW main.duplicate_pairs IS 'Any two articles that repeat each other, and what says so; the lesser id first.';

CREATE OR REPLACE VIEW main.duplicates AS
SELECT
    a.article_id, a.duplicate_of,
    coalesce(p.kind, 'near') AS kind,
    p.jaccard, p.containment,
    a.source <> o.source AS is_syndicated,
    p.score, p.common_words, p.facts_aligned, p.facts_agreed, p.title_overlap, p.rule,
    coalesce(main.say_repeat(p.kind, p.containment, p.facts_aligned, p.facts_agreed),
        'a copy through other articles') || ', first at ' || o.source
    || coalesce(strftime(o.published_at AT TIME ZONE 'UTC', ' on %Y-%m-%d %H:%M'), '') AS evidence
FROM core.versions AS a
JOIN core.versions AS o ON o.article_id = a.duplicate_of AND o.seen_until IS NULL
LEFT JOIN core.duplicate_pairs AS p
    ON p.article_id = least(a.article_id, o.article_id)
    AND p.other_id = greatest(a.article_id, o.article_id)
WHERE a.seen_until IS NULL;
COMMENT ON VIEW main.duplicates IS
    'Articles that repeat another, and what says so; measures are NULL where the two are joined only through a third.';

CREATE OR REPLACE VIEW main.stories AS
WITH central AS (SELECT story_id, original_id FROM core.event_stories WHERE is_central)
SELECT
    v.story_id,
    any_value(v.title) FILTER (v.article_id = coalesce(c.original_id, v.story_id)) AS title,
    v.story_id AS first_article_id,
    count(*) AS article_count,
    count(DISTINCT v.source) AS source_count,
    min(v.first_seen_at) AS first_seen_at,
    max(v.first_seen_at) AS last_seen_at,
    count(*) FILTER (v.duplicate_of IS NULL) AS original_count,
    min(v.published_at) AS first_published_at,
    max(v.published_at) AS last_published_at
FROM core.versions AS v
LEFT JOIN central AS c ON c.story_id = v.story_id
WHERE v.seen_until IS NULL
GROUP BY v.story_id;
COMMENT ON VIEW main.stories IS 'Articles that tell of one event, copies too, as one row; what nobody else tells of is a story of one.';

-- A macro for the reason main.say_repeat is one.
CREATE OR REPLACE MACRO main.say_likeness(similarity, shared_count, one_at, other_at) AS
    format('{:.0f}% alike by {} words both have, ', similarity * 100, shared_count)
    || format('{:.1f} days apart', abs(epoch(other_at) - epoch(one_at)) / 86400);
COMMENT ON MACRO main.say_likeness IS 'How alike two articles are as tellers of one event, in words.';

CREATE OR REPLACE VIEW main.story_pairs AS
SELECT
    p.article_id, p.other_id, p.similarity, p.shared_count,
    main.say_likeness(p.similarity, p.shared_count, a.published_at, b.published_at) AS evidence
FROM core.event_pairs AS p
JOIN core.event_leads AS a ON a.article_id = p.article_id
JOIN core.event_leads AS b ON b.article_id = p.other_id;
COMMENT ON VIEW main.story_pairs IS 'Articles, neither a copy, that may tell of one event, and what says so; they are one story where their groups are alike on the average.';

CREATE OR REPLACE VIEW main.syndication AS
SELECT
    c.article_id, c.source, c.title, c.published_at, c.duplicate_of,
    o.source AS first_source, o.published_at AS first_published_at,
    (epoch(c.published_at) - epoch(o.published_at))::BIGINT AS lag_s,
    nullif(regexp_extract(c.text[1:400], '\((AFP|ANSA|AP|APA|dpa|EFE|Kyodo|PTI|Reuters|SID|TASS|UPI|Xinhua)\)', 1), '')
        AS credit
FROM core.versions AS c
JOIN core.versions AS o ON o.article_id = c.duplicate_of AND o.seen_until IS NULL
WHERE c.seen_until IS NULL AND c.source <> o.source;
COMMENT ON VIEW main.syndication IS 'Articles that a source took over from another: who had it first, how much later, and the agency it credits.';

CREATE OR REPLACE VIEW main.first_to_publish AS
WITH copied AS (
    SELECT
        v.article_id, v.source, v.published_at, o.article_id AS original_id,
        o.source AS first_source, o.published_at AS first_published_at
    FROM core.versions AS v
    JOIN core.versions AS o
        ON o.article_id = coalesce(v.duplicate_of, v.article_id) AND o.seen_until IS NULL
    WHERE v.seen_until IS NULL
),
shared AS (SELECT original_id FROM copied GROUP BY original_id HAVING count(DISTINCT source) > 1)
SELECT
    source,
    count(DISTINCT original_id) AS text_count,
    count(DISTINCT original_id) FILTER (article_id = original_id) AS first_count,
    count(*) FILTER (source <> first_source) AS copy_count,
    median(epoch(published_at) - epoch(first_published_at)) FILTER (source <> first_source)::BIGINT
        AS median_lag_s
FROM copied SEMI JOIN shared USING (original_id)
GROUP BY source;
COMMENT ON VIEW main.first_to_publish IS 'Of the texts that several sources have: how often each source was first, and how late it was else.';
