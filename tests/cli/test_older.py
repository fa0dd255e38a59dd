"""What an older newshouse published is read, or it is said what to do: never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import Result

from etl.cli import export, feeds, verify  # noqa: F401 - they register themselves on app
from etl.errors import NewsError
from tests.cli.newsroom import run
from tests.store.history import MIGRATIONS, leave_home

WORKS = [
    ["sql", "SELECT count(*) FROM articles"],
]
TOLD = [
    ["sql", "FROM lineage"],
    ["sql", "SELECT vanished_at FROM articles"],
    ["show", "qhkavrwfynrb", "--lineage"],
]
EITHER = [
    ["search", "ferry"],
    ["show", "qhkavrwfynrb"],
    ["show", "qhkavrwfynrb", "--format", "json"],
    ["status"],
    ["status", "--json"],
    ["export", "files"],
    ["feeds", "merges"],
    ["feeds", "list"],
]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose snapshot the first version published."""
    home = tmp_path_factory.mktemp("old")
    leave_home(home / "data", MIGRATIONS[0])
    return home


def ask(old: Path, words: list[str], folder: Path) -> Result:
    """Run a command; files it makes go to `folder`."""
    return run(old, *(str(folder / word) if word == "files" else word for word in words))


@pytest.mark.parametrize("words", WORKS, ids=" ".join)
def test_what_that_version_had_is_answered(old: Path, words: list[str], tmp_path: Path):
    """Articles were there from the beginning."""
    result = ask(old, words, tmp_path)
    assert result.exception is None
    assert result.stdout.strip()


@pytest.mark.parametrize("words", TOLD, ids=" ".join)
def test_what_it_had_not_is_told_with_what_to_do(old: Path, words: list[str], tmp_path: Path):
    """Not as a table that does not exist."""
    error = ask(old, words, tmp_path).exception
    assert isinstance(error, NewsError)
    assert "older newshouse" in str(error)
    assert "newshouse ingest" in str(error)


@pytest.mark.parametrize("words", EITHER, ids=" ".join)
def test_no_command_ends_in_a_traceback(old: Path, words: list[str], tmp_path: Path):
    """An answer, or a sentence."""
    error = ask(old, words, tmp_path).exception
    assert error is None or (isinstance(error, NewsError) and "newshouse ingest" in str(error))


def test_verify_checks_what_it_can_and_says_what_it_cannot(old: Path):
    """An old snapshot is no damage."""
    told = run(old, "verify").stdout
    assert "claims" in told
    assert "older newshouse made it" in told
    assert "could not be run" not in told
