-- Tables whose rows are of one article each, those that go with it.
SELECT schema_name || '.' || table_name AS name
FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (database_name, schema_name, table_name)
WHERE column_name = 'article_id' AND schema_name IN ('raw', 'core', 'ops')
    AND database_name = current_database()
    AND schema_name || '.' || table_name
        NOT IN ('core.tombstones', 'core.entries', 'ops.forgotten_versions',
            -- group_events brings these into line.
            'core.event_leads', 'core.event_pairs')
ORDER BY name;
