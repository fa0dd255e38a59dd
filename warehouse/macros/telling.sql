-- What people ask of entities. `entity` is a name, in any of the ways it is written, or an id.
-- Made after searching.sql, whose way of comparing names it takes.

CREATE OR REPLACE MACRO main.named(entity) AS TABLE
SELECT entity_id, name, kind, country_code, aliases, mention_count, article_count
FROM main.entities
WHERE entity_id = entity
    OR main.search_name(name) = main.search_name(entity)
    OR list_contains(aliases, entity)
ORDER BY article_count DESC, entity_id;
COMMENT ON MACRO TABLE main.named IS
    'Entities called so, the most written about first; several where the name means several.';

-- Mentions are counted after those of others are gone: of a million articles there are 20 million.
CREATE OR REPLACE MACRO main.named_in(entity) AS TABLE
SELECT v.article_id, v.version, v.source, v.story_id, v.published_at, m.mention_count
FROM (
    SELECT article_id, version, count(*) AS mention_count
    FROM core.mentions
    WHERE entity_id IN (SELECT n.entity_id FROM main.named(entity) AS n)
    GROUP BY ALL
) AS m
JOIN core.versions AS v ON v.article_id = m.article_id AND v.version = m.version
WHERE v.seen_until IS NULL;
COMMENT ON MACRO TABLE main.named_in IS
    'The articles whose current version names an entity, and how often.';

CREATE OR REPLACE MACRO main.named_with(entity) AS TABLE
WITH theirs AS MATERIALIZED (
    SELECT n.article_id, n.version, n.story_id, n.published_at FROM main.named_in(entity) AS n
),
totals AS (
    SELECT (SELECT count(*) FROM theirs) AS theirs,
        (SELECT count(*) FROM core.versions SEMI JOIN core.mentions USING (article_id, version)
            WHERE seen_until IS NULL) AS articles
)
SELECT
    o.entity_id, any_value(e.name) AS name, any_value(e.kind) AS kind,
    any_value(e.country_code) AS country_code,
    count(*) AS article_count, count(DISTINCT o.story_id) AS story_count,
    min(o.published_at) AS since, max(o.published_at) AS until,
    -- How many times as often as if the two had nothing to do with one another.
    round(count(*) * any_value(t.articles)
        / (any_value(t.theirs) * any_value(e.article_count)), 2) AS lift
FROM (
    SELECT DISTINCT m.entity_id, h.article_id, h.story_id, h.published_at
    FROM core.mentions AS m
    JOIN theirs AS h ON h.article_id = m.article_id AND h.version = m.version
) AS o
JOIN core.entities AS e USING (entity_id), totals AS t
WHERE o.entity_id NOT IN (SELECT n.entity_id FROM main.named(entity) AS n)
GROUP BY o.entity_id
ORDER BY article_count DESC, lift DESC, o.entity_id;
COMMENT ON MACRO TABLE main.named_with IS
    'What is named in the same articles as this entity, most often first; lift is 1 where that says nothing.';

CREATE OR REPLACE MACRO main.trending(up_to, days := 7) AS TABLE
WITH counted AS (
    SELECT m.entity_id,
        count(DISTINCT v.story_id) FILTER (
            v.published_at > up_to::TIMESTAMPTZ - to_days(days::INTEGER)) AS story_count,
        count(DISTINCT v.story_id) FILTER (
            v.published_at <= up_to::TIMESTAMPTZ - to_days(days::INTEGER)) / 4 AS usual_count
    FROM core.versions AS v
    JOIN core.mentions AS m ON m.article_id = v.article_id AND m.version = v.version
    WHERE v.seen_until IS NULL AND v.published_at <= up_to::TIMESTAMPTZ
        AND v.published_at > up_to::TIMESTAMPTZ - to_days(5 * days::INTEGER)
    GROUP BY m.entity_id
)
SELECT entity_id, e.name, e.kind, e.country_code, story_count, usual_count,
    -- In standard deviations of a count that is usual: more than 3 is more than chance.
    round((story_count - usual_count) / sqrt(usual_count + 1), 2) AS surprise
FROM counted JOIN core.entities AS e USING (entity_id)
WHERE story_count > usual_count
ORDER BY surprise DESC, story_count DESC, entity_id;
COMMENT ON MACRO TABLE main.trending IS
    'Entities in more stories in the days before a time than usual for them: a quarter of the four times as many days before.';

CREATE OR REPLACE MACRO main.first_mention(entity) AS TABLE
SELECT a.article_id, a.published_at, a.first_seen_at, a.source, a.title, a.url, e.name,
    m.surface, m.start_char,
    trim(substring(a.text, greatest(m.start_char - 79, 1), 160)) AS around
FROM core.mentions AS m
JOIN main.articles AS a USING (article_id, version)
JOIN core.entities AS e USING (entity_id)
WHERE m.entity_id IN (SELECT n.entity_id FROM main.named(entity) AS n)
QUALIFY row_number() OVER (
    PARTITION BY m.entity_id
    ORDER BY coalesce(a.published_at, a.first_seen_at), a.article_id, m.start_char) = 1
ORDER BY coalesce(a.published_at, a.first_seen_at), a.article_id;
COMMENT ON MACRO TABLE main.first_mention IS
    'Where an entity is named first, by publication, with what stands around it.';

CREATE OR REPLACE MACRO main.timeline(entity) AS TABLE
SELECT published_at::DATE AS published_on, count(DISTINCT article_id) AS article_count,
    count(DISTINCT story_id) AS story_count, count(DISTINCT source) AS source_count,
    sum(mention_count)::BIGINT AS mention_count
FROM main.named_in(entity)
WHERE published_at IS NOT NULL
GROUP BY published_on
ORDER BY published_on;
COMMENT ON MACRO TABLE main.timeline IS
    'How much is written of an entity, a row a day on which something was.';

CREATE OR REPLACE MACRO main.about(entity, but_not := NULL) AS TABLE
SELECT a.*, n.mention_count AS entity_mentions
FROM main.named_in(entity) AS n
JOIN main.articles AS a USING (article_id, version)
WHERE but_not IS NULL OR a.article_id NOT IN (SELECT o.article_id FROM main.named_in(but_not) AS o)
ORDER BY a.published_at DESC NULLS LAST, a.article_id;
COMMENT ON MACRO TABLE main.about IS
    'Articles that name an entity and, if another is given, not that one, newest first.';

CREATE OR REPLACE MACRO main.identified(file) AS TABLE
SELECT e.*, k.wikidata_id
FROM read_csv(file, header = true, all_varchar = true) AS k
JOIN main.entities AS e
    ON e.kind = k.kind
    AND (main.search_name(e.name) = main.search_name(k.name) OR list_contains(e.aliases, k.name))
ORDER BY e.article_count DESC, e.entity_id, k.wikidata_id;
COMMENT ON MACRO TABLE main.identified IS
    'Entities with their Wikidata ids, out of a CSV file of yours with the columns kind, name and wikidata_id.';

-- The dates of the articles that name somebody, of their current versions. "Near" is within about
-- two sentences: in a long article most dates belong to somebody else.
CREATE OR REPLACE MACRO main.dates_around(entity) AS TABLE
WITH places AS (
    SELECT m.article_id, m.version, list(m.start_char) AS starts
    FROM core.mentions AS m
    WHERE m.entity_id IN (SELECT n.entity_id FROM main.named(entity) AS n)
    GROUP BY ALL
)
SELECT
    d.date_from, d.date_to,
    mode(d.surface) AS surface,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT a.story_id) AS story_count,
    count(DISTINCT a.source) AS source_count,
    count(*) FILTER (len(list_filter(p.starts,
        lambda start: abs(start - d.start_char) <= 250)) > 0) AS near_count,
    arg_min(a.article_id, (a.published_at, a.article_id)) AS first_article_id,
    arg_min(a.title, (a.published_at, a.article_id)) AS first_title
FROM places AS p
JOIN main.articles AS a ON a.article_id = p.article_id AND a.version = p.version
JOIN core.dates AS d ON d.article_id = p.article_id AND d.version = p.version
WHERE d.date_from IS NOT NULL
GROUP BY d.date_from, d.date_to
ORDER BY d.date_from, d.date_to;
COMMENT ON MACRO TABLE main.dates_around IS
    'The dates that articles naming an entity (its name, an alias or its id) speak of, earliest first.';
