"""SQL files by name, and how a script of several statements is run."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

Connection = duckdb.DuckDBPyConnection


@cache
def read_sql(room: str, name: str) -> str:
    """Return the text of `warehouse/<room>/<name>.sql`."""
    return (files("warehouse") / room / f"{name}.sql").read_text("utf-8")


def list_sql(room: str) -> tuple[str, ...]:
    """Return the names of the files in `warehouse/<room>`, in order."""
    names = (entry.name for entry in (files("warehouse") / room).iterdir())
    return tuple(sorted(name.removesuffix(".sql") for name in names if name.endswith(".sql")))


def run_script(con: Connection, name: str, /, **parameters: Any) -> duckdb.DuckDBPyConnection:
    """Run `warehouse/queries/<name>.sql`, each statement with the parameters it names.

    Returns:
        The connection, holding the last statement's result.
    """
    return run_statements(con, read_sql("queries", name), parameters)


def run_statements(
    con: Connection, text: str, parameters: dict[str, Any]
) -> duckdb.DuckDBPyConnection:
    """Run every statement of `text`; named parameters may be more than a statement uses."""
    for statement in con.extract_statements(text):
        con.execute(statement, {name: parameters[name] for name in statement.named_parameters})
    return con


def fetch_rows(con: Connection, name: str, /, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of a query file as dictionaries by column name."""
    result = run_script(con, name, **parameters)
    columns = [column[0] for column in result.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
