"""A warehouse of any earlier version opens with all it held, also when upgrading is cut short."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.demo import DemoServer, load_sites
from etl.errors import MigrationError
from etl.home import Home
from etl.store import live
from etl.store import migrate as room
from etl.store.check import list_checks, run_check
from etl.store.connect import open_reader
from etl.store.content import hash_content
from etl.store.migrate import VIEWS, explain_age, migrate
from etl.store.sql import Connection, read_sql
from etl.store.writer import Warehouse
from etl.verification import verify
from tests.conftest import Quiet, World, make_world
from tests.store.history import EARLIER, MIGRATIONS, NOW, leave_home, live_through, read_rows

REWRITTEN = {
    f"core.{table}.{column}": "found anew by aligned texts (0006), by events (0007)"
    for table in ("articles", "versions") for column in ("story_id", "duplicate_of")
}  # fmt: skip
"""Columns whose old values a migration changes on purpose, as "schema.table.column": why."""

MADE_ANEW = {
    "core.shingles": "other keys (0006, 0008)",
    "core.sketches": "numbered anew (0008)",
    "core.hot_keys": "other keys (0008)",
    "core.duplicate_pairs": "other pairs (0006, 0008)",
}
"""Tables whose old rows go on purpose: why."""


@pytest.fixture(params=EARLIER)
def version(request: pytest.FixtureRequest) -> str:
    """Return the name of an earlier version: of its last migration."""
    return request.param


def find_gaps(con: Connection) -> list[str]:
    """Return the tables without a row, and the columns without a value."""
    gaps = []
    for table, columns in con.execute(
        "SELECT schema_name || '.' || table_name, list(column_name) FROM duckdb_columns() "
        "WHERE schema_name IN ('raw', 'core', 'ops') AND table_name <> 'migrations' GROUP BY ALL"
    ).fetchall():
        counts = con.execute(
            f"SELECT count(*), {', '.join(f'count({column})' for column in columns)} FROM {table}"
        ).fetchone()
        assert counts is not None
        if not counts[0]:
            gaps.append(table)
        else:
            gaps += [f"{table}.{c}" for c, n in zip(columns, counts[1:], strict=True) if not n]
    return sorted(gaps)


def assert_sound(con: Connection) -> None:
    """Every check is silent, every view answers, and there is a content hash."""
    assert [finding for name in list_checks() for finding in run_check(con, name)] == []
    views = con.execute(
        "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
    ).fetchall()
    for (view,) in views:
        con.execute(f"FROM main.{view}").fetchall()
    hash_content(con)


def test_every_earlier_version_is_tested_with_rows_in_all_it_had(version: str):
    """Whoever adds a migration writes down what the one before it could hold."""
    with duckdb.connect() as con:
        live_through(con, version)
        gaps = find_gaps(con)
    assert not gaps, (
        f"write tests/store/warehouses/{version}.sql: INSERTs as newshouse made them while "
        f"{version} was its last migration, so that these have rows and values: {gaps}"
    )


def test_it_opens_with_all_it_held(version: str, tmp_path: Path):
    """Every row and value is there as it was, in both files."""
    leave_home(tmp_path, version)
    before = read_rows(tmp_path / "news.duckdb")
    Warehouse(tmp_path, clock=lambda: NOW).close()
    for name in ("news.duckdb", "warehouse/live.duckdb"):
        after = read_rows(tmp_path / name)
        for table, (columns, rows) in before.items():
            if table in MADE_ANEW:
                continue
            kept, found = after[table]
            places = [
                kept.index(column) for column in columns if f"{table}.{column}" not in REWRITTEN
            ]
            old = [
                tuple(
                    v for v, c in zip(row, columns, strict=True) if c in {kept[p] for p in places}
                )
                for row in rows
            ]
            new = [tuple(row[place] for place in places) for row in found]
            assert sorted(map(repr, new)) == sorted(map(repr, old)), table
    with open_reader(tmp_path / "news.duckdb") as con:
        assert_sound(con)
        assert explain_age(con) is None


def test_the_next_run_goes_on_from_there(version: str, tmp_path: Path):
    """It reads a real web, and what was there stays."""
    sites = tuple(site for site in load_sites() if site.host == "northern-wire.test")
    with DemoServer(sites) as server:
        world = make_world(tmp_path, server, workers=1)
        leave_home(world.home.data, version)
        before = World.rows(world, "SELECT count(*) FROM core.articles")
        summary = world.ingest()
    assert summary.state == "completed"
    assert summary.articles_new > 3
    assert world.rows("SELECT count(*) FROM core.articles") > before
    with open_reader(world.home.published) as con:
        assert_sound(con)
        assert con.execute(
            "SELECT count(*) FROM lineage WHERE run_id = ? AND (derivation_id IS NULL OR fetch_id "
            "IS NULL OR entry_id IS NULL OR feed_page_id IS NULL)", [summary.run_id]
        ).fetchone() == (0,)  # fmt: skip


class Doomed:
    """A connection that kills its process, for real, before the statement of a number."""

    def __init__(self, con: Connection, at: int | None) -> None:
        self._con = con
        self._left = at
        self.passed = 0

    def execute(self, text: str, *parameters: Any) -> Any:
        """Run the statements of a script one by one, unless it is time to die."""
        result = None
        for statement in self._con.extract_statements(text):
            if self.passed == self._left:
                os.kill(os.getpid(), signal.SIGKILL)
            self.passed += 1
            result = self._con.execute(statement, *parameters)
        return result

    def __getattr__(self, name: str) -> Any:
        """Be the connection in all else."""
        return getattr(self._con, name)


def open_and_die(data: Path, at: int | None, tally: Path | None) -> None:
    """Open a warehouse and be killed before statement `at`; None, just before publishing."""

    def upgrade(con: Connection, **how: Any) -> tuple[str, ...]:
        doomed = Doomed(con, at)
        done = migrate(doomed, **how)  # type: ignore[arg-type]
        if tally:
            tally.write_text(str(doomed.passed), "utf-8")
        return done

    live.migrate = upgrade
    if at is None and tally is None:
        live.publish_snapshot = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
    Warehouse(data, clock=lambda: NOW).close()


def run_doomed(data: Path, at: int | None, tally: Path | None = None) -> int | None:
    """Open a warehouse in a process of its own and return its exit code."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.test_upgrades"])
    process = context.Process(target=open_and_die, args=[data, at, tally])
    process.start()
    process.join(120)
    return process.exitcode


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def describe(con: Connection) -> list[tuple]:
    """Return every column of every table."""
    return con.execute(
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() "
        "WHERE schema_name IN ('raw', 'core', 'ops') ORDER BY ALL"
    ).fetchall()


def test_an_upgrade_killed_anywhere_leaves_whole_steps_and_the_next_one_ends_it(tmp_path: Path):
    """Readers keep the old snapshot; of each migration there is all or nothing."""
    first = MIGRATIONS[0]
    leave_home(tmp_path / "whole", first)
    assert run_doomed(tmp_path / "whole", None, tmp_path / "tally") == 0
    statements = int((tmp_path / "tally").read_text("utf-8"))
    places = dict.fromkeys((*range(2, statements, max(1, statements // 4)), statements - 1, None))
    for place in places:
        home = Home(tmp_path / f"killed-{place}")
        data = home.data
        leave_home(data, first)
        old = digest(data / "news.duckdb")
        assert run_doomed(data, place) == -signal.SIGKILL
        assert digest(data / "news.duckdb") == old
        with duckdb.connect(str(data / "warehouse" / "live.duckdb")) as con:
            names = {name for (name,) in con.execute("SELECT name FROM ops.migrations").fetchall()}
            last = max(names - {VIEWS})
            with duckdb.connect() as fresh:
                live_through(fresh, last)
                assert describe(con) == describe(fresh)
        checked = verify(home, deep=False, tell=Quiet())
        # The archive and the manifest of those times are not among the rows.
        assert {c.check for c in checked if c.findings} <= {
            "published_bytes", "archive_files",
            # What the next run makes of the texts: words and changes of versions loaded before.
            "documents_are_current_versions (unpublished)",
            "changes_lead_from_one_version_to_the_next (unpublished)",
            "stories_are_of_articles (unpublished)",
        }  # fmt: skip
        store = Warehouse(data, clock=lambda: NOW)
        if place is None:
            store.publish()  # as every run does in the end
        store.close()
        for name in ("news.duckdb", "warehouse/live.duckdb"):
            assert read_rows(data / name) == read_rows(tmp_path / "whole" / name)
        with open_reader(data / "news.duckdb") as con:
            assert_sound(con)


def test_views_that_cannot_be_made_leave_the_old_ones_and_say_so(monkeypatch: pytest.MonkeyPatch):
    """All of them or none."""
    with duckdb.connect() as con:
        migrate(con, now=NOW)
        con.execute("UPDATE ops.migrations SET sha256 = 'old' WHERE name = ?", [VIEWS])
        con.execute("COMMENT ON VIEW main.articles IS 'as it was'")
        bad = {"tags": "CREATE OR REPLACE VIEW main.dates AS SELECT no_such FROM core.dates"}
        monkeypatch.setattr(
            room, "read_sql",
            lambda of, name: bad.get(name) if of == "views" and name in bad else read_sql(of, name),
        )  # fmt: skip
        with pytest.raises(MigrationError, match="views could not be made anew"):
            migrate(con, now=NOW)
        comment = con.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'articles'")
        assert comment.fetchone() == ("as it was",)
        con.execute("FROM main.dates")


def test_age_is_told_in_words():
    """Older, newer, and neither."""
    with duckdb.connect() as con:
        assert explain_age(con) is None
        live_through(con, EARLIER[0])
        assert f"older newshouse made it (it lacks {MIGRATIONS[1]})" in str(explain_age(con))
        migrate(con, now=NOW)
        assert explain_age(con) is None
        con.execute("INSERT INTO ops.migrations VALUES ('9999_later', 'ab', now())")
        assert "newer newshouse made it (it has 9999_later)" in str(explain_age(con))
