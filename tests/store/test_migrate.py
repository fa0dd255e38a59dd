"""Bringing a warehouse to this version."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest

from etl.errors import MigrationError
from etl.records import Validators
from etl.store import migrate as room
from etl.store.check import list_checks, run_check
from etl.store.migrate import ALSO_APPLIED, VIEWS, migrate
from etl.store.read import read_feed_states
from etl.store.sql import Connection, list_sql, read_sql
from tests.store.history import live_through

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


def test_a_text_that_was_on_main_for_a_day_is_taken_for_its_migration(con: Connection) -> None:
    """It had a column that 0004 now brings; a warehouse made then opens, and has all there is."""
    live_through(con, "0003_warehouse")
    con.execute("ALTER TABLE core.index_state ADD COLUMN sorted_runs INTEGER DEFAULT 7")
    con.execute(
        "UPDATE ops.migrations SET sha256 = $1 WHERE name = '0003_warehouse'",
        [ALSO_APPLIED["0003_warehouse"]],
    )
    assert "0004_reading" in migrate(con, now=NOW)
    assert con.execute("SELECT sorted_runs FROM core.index_state").fetchall() == [(7,)]


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


def test_a_warehouse_of_the_first_version_keeps_its_rows(
    con: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds is there afterwards, readable through the views, and every check is silent."""
    first = ("0001_first_house",)
    monkeypatch.setattr(room, "list_sql", lambda of: first if of == "migrations" else ())
    migrate(con, now=NOW)
    monkeypatch.undo()
    con.execute(FIRST_ROWS)
    assert migrate(con, now=NOW) == (*list_sql("migrations")[1:], VIEWS)
    assert [name for name in list_checks() if run_check(con, name)] == []
    rows = con.execute("SELECT feed_url, tags, address, missed_estimate FROM feeds").fetchall()
    assert rows == [("https://h.test/feed", [], None, None)]
    assert con.execute("SELECT hops FROM fetches").fetchall() == [(None,)]
    assert con.execute("SELECT carried_chars FROM core.entries ORDER BY 1").fetchall() == [
        (6,), (None,),
    ]  # fmt: skip
    found = read_feed_states(con, now=NOW)
    assert [(state.feed_url, state.validators) for state in found] == [
        ("https://h.test/feed", Validators(etag='"1"')),
    ]  # fmt: skip


FIRST_ROWS = """
INSERT INTO ops.runs (run_id, flow, state, started_at, finished_at, newshouse_version, entries_seen,
    entries_new, bytes_received)
VALUES ('r1', 'ingest', 'completed', '2026-11-21', '2026-11-21', '0.1.0', 2, 2, 7);
INSERT INTO raw.fetches VALUES ('f1', 'r1', 'feed', 'https://h.test/feed', 'https://h.test/feed',
    200, 'ok', NULL, '2026-11-21', 5, 7, false);
INSERT INTO ops.feeds VALUES ('https://h.test/feed', 'H', 'rss', 'active', '"1"', NULL, 'ab',
    '2026-11-21', '2026-11-21', '2026-11-21', 900, 0, 200, NULL, NULL, true);
INSERT INTO raw.entries VALUES
    ('e1', 'r1', '2026-11-21', 'https://h.test/feed', 'g1', NULL, 'T', NULL, NULL, [], NULL,
        '<p>A.', 'p1'),
    ('e1', 'r1', '2026-11-22', 'https://h.test/feed', 'g1', NULL, 'T', NULL, NULL, [], NULL,
        '<p>Ab.', 'p2'),
    ('e2', 'r1', '2026-11-21', 'https://h.test/feed', 'g2', NULL, 'T', NULL, NULL, [], NULL,
        NULL, 'p3');
INSERT INTO core.entries VALUES
    ('e1', 'https://h.test/feed', 'g1', NULL, NULL, 'T', NULL, NULL, [], 'p2', '2026-11-21', 'r1',
        'rejected', 'no_url', NULL, NULL, NULL, 0, NULL),
    ('e2', 'https://h.test/feed', 'g2', NULL, NULL, 'T', NULL, NULL, [], 'p3', '2026-11-21', 'r1',
        'rejected', 'no_url', NULL, NULL, NULL, 0, NULL);
INSERT INTO ops.outcomes VALUES ('r1', 'e1', 'rejected', 'no_url', NULL),
    ('r1', 'e2', 'rejected', 'no_url', NULL);
UPDATE ops.runs SET rejected = 2;
"""
"""What a run of version 0.1.0 left."""


def test_views_are_made_anew_when_their_text_changed(con: Connection) -> None:
    """The ledger holds what they were last made of."""
    migrate(con, now=NOW)
    con.execute("DROP VIEW main.alarms")
    con.execute("UPDATE ops.migrations SET sha256 = 'old' WHERE name = ?", [VIEWS])
    assert migrate(con, now=NOW) == (VIEWS,)
    con.execute("SELECT * FROM main.alarms")
