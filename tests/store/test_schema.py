"""The schema people read is the schema there is."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from etl.store.schema import dump_schema
from etl.store.sql import Connection, fetch_rows


def test_schema_sql_is_what_migrating_makes(con: Connection) -> None:
    """After a migration or a change of a view: `just schema`."""
    written = (files("warehouse") / "schema.sql").read_text("utf-8")
    assert dump_schema(con) == written


def test_the_tables_of_schema_sql_can_be_made_from_it(con: Connection) -> None:
    """It is SQL: another database gets the same columns from it."""
    other = duckdb.connect()
    for schema in ("raw", "core", "ops"):
        other.execute(f"CREATE SCHEMA {schema}")
    other.execute(dump_schema(con))
    query = (
        "SELECT c.schema_name, c.table_name, column_name, data_type, is_nullable, column_default "
        "FROM duckdb_columns() AS c JOIN duckdb_tables() AS t USING (table_oid, database_name) "
        "WHERE NOT c.internal ORDER BY 1, 2, column_index"
    )
    assert other.execute(query).fetchall() == con.execute(query).fetchall()


def test_every_table_view_and_column_has_a_comment(con: Connection) -> None:
    """Whoever meets one can ask the database what it means."""
    rows = fetch_rows(con, "list_columns")
    assert rows
    bare = {
        f"{row['schema_name']}.{row['relation']}" for row in rows if not row["relation_comment"]
    } | {
        f"{row['schema_name']}.{row['relation']}.{row['column_name']}"
        for row in rows
        if row["kind"] == "table" and not row["comment"]
    }
    assert bare == set()
