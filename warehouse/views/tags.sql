CREATE OR REPLACE VIEW main.mentions AS
SELECT article_id, version, entity_id, kind, surface, start_char, end_char, score
FROM core.mentions;
COMMENT ON VIEW main.mentions IS 'Spans that name an entity, in every version.';

CREATE OR REPLACE VIEW main.entities AS
SELECT
    entity_id, name, kind, country_code, aliases, mention_count, article_count, first_seen_at,
    last_seen_at
FROM core.entities
WHERE mention_count > 0;
COMMENT ON VIEW main.entities IS 'People, places and organisations in current versions, with counts.';

CREATE OR REPLACE VIEW main.article_entities AS
SELECT
    v.article_id, v.source, v.story_id, v.published_at,
    m.entity_id, e.name, e.kind, e.country_code, m.mention_count
FROM (
    SELECT article_id, version, entity_id, count(*) AS mention_count
    FROM core.mentions GROUP BY ALL
) AS m
JOIN core.versions AS v ON v.article_id = m.article_id AND v.version = m.version
JOIN core.entities AS e USING (entity_id)
WHERE v.seen_until IS NULL;
COMMENT ON VIEW main.article_entities IS
    'One row an article and an entity its current version names, with how often.';

CREATE OR REPLACE VIEW main.dates AS
SELECT
    article_id, version, surface, start_char, end_char,
    timex_type, timex_value, date_from, date_to, timex_mod
FROM core.dates;
COMMENT ON VIEW main.dates IS 'Date and time expressions, in every version.';
