"""A desk that published, a folder to export to, an analyst's DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.store.desk import Desk, entry
from tests.store.exports.exporting import (
    finish,
    papers,
)


@pytest.fixture
def news(desk: Desk) -> Desk:
    """Return a desk that published a run of three articles."""
    desk.begin()
    desk.load_feeds(entry("ferry"), entry("undated"), entry("copy"))
    desk.load_pages(desk.take_up(), papers())
    finish(desk)
    return desk


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return a folder to export to, not there yet."""
    return tmp_path / "out"


@pytest.fixture
def con(desk: Desk) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return an analyst's DuckDB."""
    with duckdb.connect() as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened
