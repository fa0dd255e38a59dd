"""What runs leave in row groups of their own is joined when there is much of it, and not before."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.store.connect import SMALL_ROW_GROUPS, checkpoint, one_thread, open_writer
from etl.store.sql import Connection, fetch_rows
from tests.store.desk import Desk, Paper, entry, story


@pytest.fixture
def con(desk: Desk, tmp_path: Path) -> Connection:
    """Return a warehouse with one article in it."""
    desk.ingest(entry("a"), pages={"https://harbour.test/a": Paper(story("ferry"))})
    desk.store.close()
    return open_writer(desk.data / "warehouse" / "live.duckdb")


def add_run(con: Connection) -> None:
    """Add a row, and write it into the file as the end of a run does."""
    con.execute("INSERT INTO core.versions FROM core.versions LIMIT 1")
    checkpoint(con)


def count_row_groups(con: Connection) -> int:
    """Return in how many row groups the versions lie."""
    (lie,) = fetch_rows(con, "count_row_groups")
    return int(lie["row_groups"])


def test_the_texts_of_earlier_runs_are_not_written_anew_by_each(con: Connection):
    """Each run has a row group of its own."""
    for _ in range(5):
        add_run(con)
    assert count_row_groups(con) == 6


def test_row_groups_of_many_runs_are_joined(con: Connection):
    """A question reads one instead, and the runs that follow begin anew."""
    most = 2 + SMALL_ROW_GROUPS
    counts = []
    for _ in range(most + 1):
        add_run(con)
        counts.append(count_row_groups(con))
    assert counts == [*range(2, most + 1), 1, 2]


def count_threads(con: Connection) -> int:
    """Return how many threads a statement is given."""
    ((threads,),) = con.execute("SELECT current_setting('threads')").fetchall()
    return int(threads)


def test_what_is_written_is_written_by_one_thread_and_questions_have_all_of_them_again(
    con: Connection,
):
    """Also when it could not be written."""
    con.execute("SET threads = 3")
    with one_thread(con):
        assert count_threads(con) == 1
    with pytest.raises(duckdb.Error), one_thread(con):
        con.execute("COMMIT")  # no transaction is open
    assert count_threads(con) == 3


def test_each_step_of_a_run_is_committed_by_one_thread(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """With more of them the others only spin."""
    counts = []

    class Counted:
        def __init__(self, con: Connection) -> None:
            self._con = con

        def execute(self, text: str, *parameters: object) -> object:
            if text in {"COMMIT", "CHECKPOINT"}:
                counts.append(count_threads(self._con))
            return self._con.execute(text, *parameters)

        def __getattr__(self, name: str) -> object:
            return getattr(self._con, name)

    desk.store._con.execute("SET threads = 3")
    monkeypatch.setattr(desk.store, "_con", Counted(desk.store._con))
    desk.ingest(entry("a"), pages={"https://harbour.test/a": Paper(story("ferry"))})
    assert len(counts) > 3
    assert set(counts) == {1}
