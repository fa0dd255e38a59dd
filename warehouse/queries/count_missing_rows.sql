-- How many rows of one table the other lacks. Digests of rows, so that texts need no sorting.
SELECT count(*) AS missing
FROM (
    SELECT hash(a) FROM query_table($one) AS a
    EXCEPT ALL
    SELECT hash(b) FROM query_table($other) AS b
);
