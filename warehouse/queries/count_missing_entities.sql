-- Like count_missing_rows, of entities: a fuller name met later takes the place of one.
SELECT count(*) AS missing
FROM (
    SELECT a.entity_id FROM query_table($one) AS a
    EXCEPT ALL
    SELECT b.entity_id FROM query_table($other) AS b
);
