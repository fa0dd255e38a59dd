-- Every column of every table and view of ours, with what the schema says of it.
SELECT
    CASE WHEN t.table_name IS NULL THEN 'view' ELSE 'table' END AS kind,
    c.schema_name, c.table_name AS relation,
    coalesce(t.comment, v.comment) AS relation_comment,
    c.column_name, c.data_type, c.is_nullable, c.column_default, c.comment
FROM duckdb_columns() AS c
LEFT JOIN duckdb_tables() AS t
    ON t.database_name = c.database_name AND t.schema_name = c.schema_name
    AND t.table_name = c.table_name
LEFT JOIN duckdb_views() AS v
    ON v.database_name = c.database_name AND v.schema_name = c.schema_name
    AND v.view_name = c.table_name
WHERE NOT c.internal AND c.database_name = current_database()
ORDER BY kind, c.schema_name, c.table_name, c.column_index;
