"""`newshouse verify --content-hash`: what it prints, as a person and as a script reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli import verify  # noqa: F401 - registers itself on app
from etl.cli.app import EXIT_DAMAGE
from etl.cli.commands import app
from etl.store.content import CONTENT_TABLES, HISTORY_TABLES
from tests.store.desk import Desk, Paper, entry, story


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with one article, published."""
    desk = Desk(tmp_path / "data")
    desk.ingest(entry("a"), pages={"https://harbour.test/a": Paper(story("ferry"))}, publish=True)
    desk.store.close()
    return tmp_path


def ask(home: Path, *words: str) -> tuple[int, str]:
    """Return exit code and stdout of `newshouse verify`."""
    result = CliRunner().invoke(app, ["--home", str(home), "verify", *words])
    return result.exit_code, result.stdout


def test_the_hash_is_printed_with_its_parts_for_people_and_for_scripts(home: Path):
    """Both say the same; without the option there is none."""
    code, printed = ask(home, "--content-hash")
    told = json.loads(ask(home, "--content-hash", "--json")[1].splitlines()[-1])
    assert code == 0
    assert set(told["tables"]) == {*CONTENT_TABLES, *HISTORY_TABLES}
    parts = {"content hash": told["content_hash"], "history hash": told["history_hash"]}
    for name, digest in (told["tables"] | parts).items():
        assert any(line.split("  ")[0] == name and digest in line for line in printed.splitlines())
    assert "content_hash" not in json.loads(ask(home, "--json")[1].splitlines()[-1])


def test_a_warehouse_too_damaged_to_be_hashed_is_reported_as_damaged(home: Path):
    """The checks say what is wrong; that there is no hash is no other trouble."""
    (home / "data" / "news.duckdb").write_bytes(b"no database")
    code, printed = ask(home, "--content-hash")
    assert code == EXIT_DAMAGE
    assert "cannot be read" in printed
    assert "content hash" not in printed
