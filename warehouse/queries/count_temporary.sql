-- How many tables, views and macros lie in the connection alone.
SELECT
    (SELECT count(*) FROM duckdb_tables() WHERE temporary)
    + (SELECT count(*) FROM duckdb_views() WHERE temporary AND NOT internal)
    + (SELECT count(*) FROM duckdb_functions() WHERE database_name = 'temp' AND NOT internal)
    AS things;
