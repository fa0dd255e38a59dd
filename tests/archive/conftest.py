"""An archive in a temporary folder, and answers to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.archive import ArchiveReader, WarcArchive
from etl.records import Body

NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


def make_body(content: bytes = b"<html>news</html>", **changes: Any) -> Body:
    """Return a 200 answer."""
    given: dict[str, Any] = {
        "url": "http://harbour.test/a",
        "final_url": "http://harbour.test/b",
        "status": 200,
        "headers": (("content-type", "text/html; charset=UTF-8"), ("etag", 'W/"1"')),
        "content": content,
        "fetched_at": NOW,
    }
    return Body(**(given | changes))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an archive folder that does not exist yet."""
    return tmp_path / "data" / "archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[WarcArchive]:
    """Return the archive of a run."""
    opened = WarcArchive(folder, run_id="run1", now=NOW)
    yield opened
    opened.seal()


@pytest.fixture
def reader(folder: Path) -> Iterator[ArchiveReader]:
    """Return a reader of the same folder."""
    with ArchiveReader(folder) as opened:
        yield opened


@pytest.fixture
def roll(folder: Path) -> Iterator[Callable[[int], WarcArchive]]:
    """Return a maker of archives that start a new file after so many bytes."""
    made: list[WarcArchive] = []

    def make(roll_bytes: int) -> WarcArchive:
        made.append(WarcArchive(folder, run_id="run1", now=NOW, roll_bytes=roll_bytes))
        return made[-1]

    yield make
    for each in made:
        each.seal()
