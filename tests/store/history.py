"""Warehouses as earlier versions of newshouse left them, with rows of those times.

`warehouses/NAME.sql` holds what was loaded while migration NAME was the last: inserts that hold
together with those of the migrations before it.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from etl.store import migrate as room
from etl.store.connect import open_writer
from etl.store.sql import Connection, list_sql

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WAREHOUSES = Path(__file__).parent / "warehouses"
MIGRATIONS = list_sql("migrations")
EARLIER = MIGRATIONS[:-1]
"""Every version but the present: each was somebody's warehouse."""


def live_through(con: Connection, last: str) -> None:
    """Bring an empty database to version `last`, loading at each version what was loaded then."""
    with pytest.MonkeyPatch.context() as patch:
        for place, name in enumerate(MIGRATIONS[: MIGRATIONS.index(last) + 1], start=1):
            known = MIGRATIONS[:place]
            patch.setattr(room, "list_sql", lambda of, k=known: k if of == "migrations" else ())
            room.migrate(con, now=NOW)
            rows = WAREHOUSES / f"{name}.sql"
            if rows.exists():
                con.execute(rows.read_text("utf-8"))
    views = WAREHOUSES / "views" / f"{last}.sql"
    if views.exists():
        con.execute(views.read_text("utf-8"))


def leave_home(data: Path, last: str) -> None:
    """Make a data folder as version `last` of newshouse left it: the writer's file, published."""
    live = data / "warehouse" / "live.duckdb"
    live.parent.mkdir(parents=True)
    con = open_writer(live)
    live_through(con, last)
    con.execute("CHECKPOINT")
    con.close()
    shutil.copyfile(live, data / "news.duckdb")


def read_rows(path: Path) -> dict[str, tuple[tuple[str, ...], list[tuple]]]:
    """Return columns and sorted rows of every table of `raw` and `core` in a database file."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        tables = con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
            "WHERE schema_name IN ('raw', 'core')"
        ).fetchall()
        found = {}
        for (table,) in tables:
            cursor = con.execute(f"FROM {table} ORDER BY ALL")
            columns = tuple(column[0] for column in cursor.description)
            found[table] = (columns, cursor.fetchall())
        return found
