SELECT schema_name, function_name AS macro, parameters, comment
FROM duckdb_functions()
WHERE NOT internal AND database_name = current_database()
    AND function_type IN ('macro', 'table_macro')
ORDER BY schema_name, macro;
