"""Bringing a warehouse to this version."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest

from etl.errors import MigrationError
from etl.store import migrate as room
from etl.store.migrate import VIEWS, migrate
from etl.store.sql import Connection, list_sql, read_sql

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def con() -> Connection:
    """Return an empty database in memory."""
    return duckdb.connect()


def test_a_fresh_warehouse_gets_every_migration_and_the_ledger_says_so(con: Connection) -> None:
    """Name and digest of each stand beside what they made."""
    assert migrate(con, now=NOW) == (*list_sql("migrations"), VIEWS)
    names = con.execute("SELECT name FROM ops.migrations ORDER BY name").fetchall()
    assert names == [(name,) for name in sorted((*list_sql("migrations"), VIEWS))]


def test_migrating_twice_changes_nothing(con: Connection) -> None:
    """A warehouse at this version is not written to."""
    migrate(con, now=NOW)
    assert migrate(con, now=NOW) == ()


def test_an_edited_migration_is_refused(con: Connection) -> None:
    """What was applied is no longer what stands in the file."""
    migrate(con, now=NOW)
    con.execute("UPDATE ops.migrations SET sha256 = 'other' WHERE name LIKE '0001%'")
    with pytest.raises(MigrationError, match="edited after it was applied"):
        migrate(con, now=NOW)


def test_a_newer_warehouse_is_refused(con: Connection) -> None:
    """An old newshouse does not write into what a newer one made."""
    migrate(con, now=NOW)
    con.execute("INSERT INTO ops.migrations VALUES ('9999_later', 'ab', now())")
    with pytest.raises(MigrationError, match="9999_later"):
        migrate(con, now=NOW)


def test_a_migration_that_fails_leaves_no_trace(
    con: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The half that worked is undone, and the ledger does not name it."""
    migrate(con, now=NOW)
    known = list_sql("migrations")

    def list_more(name: str) -> tuple[str, ...]:
        return (*known, "0999_broken") if name == "migrations" else list_sql(name)

    def read_more(of: str, name: str) -> str:
        broken = "CREATE TABLE core.half (a INTEGER); SELECT no_such_column FROM core.half;"
        return broken if name == "0999_broken" else read_sql(of, name)

    monkeypatch.setattr(room, "list_sql", list_more)
    monkeypatch.setattr(room, "read_sql", read_more)
    with pytest.raises(MigrationError, match="0999_broken failed and was undone"):
        migrate(con, now=NOW)
    tables = con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'")
    assert tables.fetchone() == (0,)
    ledger = con.execute("SELECT count(*) FROM ops.migrations WHERE name LIKE '0999%'")
    assert ledger.fetchone() == (0,)


def test_views_are_made_anew_when_their_text_changed(con: Connection) -> None:
    """The ledger holds what they were last made of."""
    migrate(con, now=NOW)
    con.execute("DROP VIEW main.alarms")
    con.execute("UPDATE ops.migrations SET sha256 = 'old' WHERE name = ?", [VIEWS])
    assert migrate(con, now=NOW) == (VIEWS,)
    con.execute("SELECT * FROM main.alarms")
