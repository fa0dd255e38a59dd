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
        'in one story through other articles') || ', first at ' || o.source
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
SELECT
    v.story_id,
    any_value(v.title) FILTER (v.article_id = v.story_id) AS title,
    v.story_id AS first_article_id,
    count(*) AS article_count,
    count(DISTINCT v.source) AS source_count,
    min(v.first_seen_at) AS first_seen_at,
    max(v.first_seen_at) AS last_seen_at
FROM core.versions AS v
WHERE v.seen_until IS NULL
GROUP BY v.story_id;
COMMENT ON VIEW main.stories IS 'Articles that repeat one another, as one row; a lone article is a story of one.';

CREATE OR REPLACE VIEW main.syndication AS
SELECT
    c.article_id, c.source, c.title, c.published_at, c.duplicate_of,
    o.source AS first_source, o.published_at AS first_published_at,
    epoch(c.published_at - o.published_at)::BIGINT AS lag_s,
    nullif(regexp_extract(c.text[1:400], '\((AFP|ANSA|AP|APA|dpa|EFE|Kyodo|PTI|Reuters|SID|TASS|UPI|Xinhua)\)', 1), '')
        AS credit
FROM core.versions AS c
JOIN core.versions AS o ON o.article_id = c.duplicate_of AND o.seen_until IS NULL
WHERE c.seen_until IS NULL AND c.source <> o.source;
COMMENT ON VIEW main.syndication IS 'Articles that a source took over from another: who had it first, how much later, and the agency it credits.';

CREATE OR REPLACE VIEW main.first_to_publish AS
WITH shared AS (
    SELECT story_id FROM core.versions WHERE seen_until IS NULL
    GROUP BY story_id HAVING count(DISTINCT source) > 1
)
SELECT
    v.source,
    count(DISTINCT v.story_id) AS story_count,
    count(DISTINCT v.story_id) FILTER (v.article_id = v.story_id) AS first_count,
    count(*) FILTER (v.source <> o.source) AS copy_count,
    median(epoch(v.published_at - o.published_at)) FILTER (v.source <> o.source)::BIGINT AS median_lag_s
FROM core.versions AS v
SEMI JOIN shared USING (story_id)
JOIN core.versions AS o ON o.article_id = v.story_id AND o.seen_until IS NULL
WHERE v.seen_until IS NULL
GROUP BY v.source;
COMMENT ON VIEW main.first_to_publish IS 'Of the stories that several sources have: how often each source was first, and how late it was else.';
