-- Like count_missing_rows, of addresses: those no merge brought, which are never taken back.
SELECT count(*) AS missing
FROM (
    SELECT hash(a) FROM query_table($one) AS a WHERE a.merge_id IS NULL
    EXCEPT ALL
    SELECT hash(b) FROM query_table($other) AS b WHERE b.merge_id IS NULL
);
