"""A home with a published warehouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.newsroom import Newsroom, fill


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that tests only read."""
    path = tmp_path_factory.mktemp("home")
    room = Newsroom(path / "data")
    fill(room)
    room.publish()
    return path
