"""`newshouse forget`: what it says, asks and refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from etl.cli import export  # noqa: F401 - they register themselves
from etl.cli import forget as command
from etl.cli.commands import app
from etl.errors import ConfigError
from tests.store.desk import Desk, Paper, entry, story

URL = "https://harbour.test/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with an article and a copy of it; tests copy it."""
    path = tmp_path_factory.mktemp("made")
    desk = Desk(path / "data")
    pages = {f"{URL}a": Paper(story("ferry")), "https://pier.test/b": Paper(story("ferry"))}
    desk.ingest(entry("a"), entry("b", url="https://pier.test/b"), pages=pages, publish=True)
    desk.store.close()
    return path


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


def call(home: Path, *words: str, stdin: str | None = None) -> Result:
    """Run `newshouse forget` in a home."""
    return CliRunner().invoke(app, ["--home", str(home), "forget", *words], input=stdin)


def count(home: Path) -> int:
    """Return how many articles are published."""
    with duckdb.connect(str(home / "data" / "news.duckdb"), read_only=True) as con:
        return con.execute("SELECT count(*) FROM articles").fetchall()[0][0]


def test_a_dry_run_says_what_would_go_and_changes_nothing(home: Path):
    """Rows, records, and the copy elsewhere with the command that forgets it too."""
    told = call(home, f"{URL}a", "--reason", "r", "--dry-run")
    assert told.exit_code == 0
    assert "would go" in told.stdout
    assert "core.versions" in told.stdout
    assert "of kind page" in told.stdout
    assert "a copy stays: https://pier.test/b (exact, 100%): newshouse forget" in told.stdout
    assert count(home) == 2


def test_json_has_what_went(home: Path):
    """As one object; afterwards it is gone."""
    told = json.loads(call(home, f"{URL}a", "--reason", "r", "--json").stdout.splitlines()[-1])
    assert told["rows"]["core.articles"] == 1
    assert told["records"] == {"feed": 1, "page": 1}
    assert [copy["source"] for copy in told["copies"]] == ["pier.test"]
    assert count(home) == 1


def test_on_a_terminal_it_asks_first(home: Path, monkeypatch: pytest.MonkeyPatch):
    """And no means no."""
    monkeypatch.setattr(command, "is_terminal", lambda: True)
    refused = call(home, f"{URL}a", "--reason", "r", stdin="n\n")
    assert refused.exit_code == 1
    assert count(home) == 2
    assert call(home, f"{URL}a", "--reason", "r", "--yes").exit_code == 0
    assert count(home) == 1


def test_what_means_nothing_gets_a_hint_and_a_reason_is_required(home: Path):
    """Exit code 2 either way."""
    missing = call(home, "aaaaaaaaaaaa", "--reason", "r")
    assert isinstance(missing.exception, ConfigError)
    assert "no article or entry aaaaaaaaaaaa" in str(missing.exception)
    assert call(home, f"{URL}a").exit_code == 2


def test_an_export_brought_up_to_date_has_nothing_of_it_and_says_so(home: Path, tmp_path: Path):
    """No file of the last export is kept; the manifest tells whoever was given older ones."""
    target = tmp_path / "files"
    first = ["--home", str(home), "export", str(target), "--format", "csv"]
    assert CliRunner().invoke(app, first).exit_code == 0
    assert any("ferry7" in path.read_text("utf-8") for path in target.rglob("*.csv"))
    assert call(home, f"{URL}a", "--reason", "r", "--with-copies").exit_code == 0
    assert CliRunner().invoke(app, [*first, "--since", "last"]).exit_code == 0
    assert not any("ferry7" in path.read_text("utf-8") for path in target.rglob("*.csv"))
    listed = json.loads((target / "manifest.json").read_text("utf-8"))["forgotten"]
    assert [one["reason"] for one in listed] == ["r", "r"]
