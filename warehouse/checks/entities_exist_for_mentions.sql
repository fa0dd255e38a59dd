SELECT
    'entity ' || entity_id AS subject,
    count(*) || ' mentions denote it, such as "' || min(m.surface) || '", and it is not there'
        AS detail
FROM core.mentions AS m
ANTI JOIN core.entities AS e USING (entity_id)
GROUP BY entity_id;
