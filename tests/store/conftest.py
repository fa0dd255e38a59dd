"""A warehouse in a temporary folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.store.migrate import migrate
from etl.store.sql import Connection
from tests.store.desk import NOON, Desk


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of an empty warehouse, to be copied: migrating takes a while."""
    data = tmp_path_factory.mktemp("empty") / "data"
    Desk(data).store.close()
    return data


@pytest.fixture
def desk(tmp_path: Path, empty_data: Path) -> Iterator[Desk]:
    """Return a desk with an empty warehouse."""
    shutil.copytree(empty_data, tmp_path / "data")
    opened = Desk(tmp_path / "data")
    yield opened
    opened.store.close()


@pytest.fixture
def con() -> Iterator[Connection]:
    """Return an empty warehouse in memory."""
    with duckdb.connect() as opened:
        migrate(opened, now=NOON)
        yield opened
