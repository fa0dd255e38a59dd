"""What runs leave in row groups of their own is joined when there is much of it, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.store.connect import SMALL_ROW_GROUPS, checkpoint, open_writer
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
