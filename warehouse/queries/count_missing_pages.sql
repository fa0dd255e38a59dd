-- Like count_missing_rows, of fetches: those of pages, which are never dropped.
SELECT count(*) AS missing
FROM (
    SELECT hash(a) FROM query_table($one) AS a WHERE a.kind = 'page'
    EXCEPT ALL
    SELECT hash(b) FROM query_table($other) AS b WHERE b.kind = 'page'
);
