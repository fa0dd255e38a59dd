-- The names and dates of the versions in `told`; `called` has all that was named, also in texts that
-- made no version, so that it is no matter which of an article's pages came first.
INSERT INTO core.mentions
SELECT article_id, version, m.entity_id, m.kind, m.surface, m.start_char, m.end_char, m.score
FROM (SELECT article_id, version, unnest(mentions) AS m FROM told);

-- Of all the names an entity was ever called by the longest is kept, and of these the first: so it
-- is the same one whichever batch comes first.
CREATE OR REPLACE TEMP TABLE named AS
SELECT DISTINCT ON (entity_id) *
FROM (SELECT DISTINCT m.entity_id, m.entity_name AS name, m.kind, m.country_code FROM called)
ORDER BY entity_id, length(name) DESC, name, kind, country_code;

UPDATE core.entities AS e
SET name = n.name, kind = n.kind, country_code = n.country_code
FROM named AS n
WHERE e.entity_id = n.entity_id
    AND (-length(n.name), n.name, n.kind, coalesce(n.country_code, '~'))
        < (-length(e.name), e.name, e.kind, coalesce(e.country_code, '~'));

INSERT INTO core.entities
SELECT entity_id, name, kind, country_code, [], 0, 0, NULL, NULL
FROM named AS n
WHERE NOT EXISTS (SELECT 1 FROM core.entities AS e WHERE e.entity_id = n.entity_id);

INSERT INTO core.dates
SELECT article_id, version, d.surface, d.start_char, d.end_char, d.timex_type, d.timex_value,
    d.date_from, d.date_to, d.timex_mod
FROM (SELECT article_id, version, unnest(dates) AS d FROM told);
