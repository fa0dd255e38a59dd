-- Every table of either of two attached databases, by schema and name.
SELECT DISTINCT schema_name || '.' || table_name AS name
FROM duckdb_tables()
WHERE database_name IN ($here, $there)
ORDER BY name;
