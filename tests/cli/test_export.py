"""`newshouse export`: what is typed, what is printed, and how it ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from etl.cli.export import _parse_since
from etl.errors import ConfigError
from tests.cli.newsroom import Run

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_export_prints_a_line_a_table(run: Run, home: Path, tmp_path: Path) -> None:
    """Progress goes to stderr; what came of it to stdout."""
    code, out, err = run("export", str(tmp_path / "out"), home=home)
    assert code == 0
    assert out.split()[:4] == ["articles", "5", "rows", "1"]
    assert "exporting: 10 of 10" in err
    (count,) = duckdb.execute(
        f"SELECT count(*) FROM '{tmp_path}/out/articles/**/*.parquet'"
    ).fetchone()
    assert count == 5


def test_json_is_one_object_on_the_last_line(run: Run, home: Path, tmp_path: Path) -> None:
    """For programs; tables may be given with commas, or one by one."""
    words = ("--tables", "articles,runs", "--tables", "pages", "--format", "csv", "--json")
    code, out, _ = run("export", str(tmp_path / "out"), *words, home=home)
    said = json.loads(out.splitlines()[-1])
    assert code == 0
    assert [table["table"] for table in said["tables"]] == ["articles", "runs", "pages"]
    assert (said["format"], said["rows"], said["files"], said["since"]) == ("csv", 11, 3, None)


def test_csv_is_what_newshouse_sql_writes(run: Run, home: Path, tmp_path: Path) -> None:
    """The same values in the same spelling, whichever command wrote them."""
    run("export", str(tmp_path / "out"), "--format", "csv", "--tables", "dates", home=home)
    (path,) = (tmp_path / "out" / "dates").iterdir()
    _, out, _ = run("sql", "FROM dates", "--format", "csv", home=home)
    assert path.read_text("utf-8") == out


def test_since_says_by_which_times_it_chose(run: Run, home: Path, tmp_path: Path) -> None:
    """What has no such time is written whole, and that is said too."""
    words = ("export", str(tmp_path / "out"), "--tables", "article_versions,feeds")
    _, out, _ = run(*words, "--since", "2026-11-20T12:30", home=home)
    versions, feeds, *_ = out.splitlines()
    assert "by seen_from, seen_until" in versions
    assert "whole: no time tells what changed" in feeds
    code, out, _ = run(*words, "--since", "last", home=home)
    assert code == 0
    assert "article_versions" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--tables", "storys"], "did you mean stories"),
        (["--since", "yesterday"], "--since wants a day"),
        (["--since", "last"], "leave --since away"),
        (["--format", "xml"], "xml"),
    ],
)
def test_what_cannot_be_is_a_usage_error(
    run: Run, home: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    """Exit code 2, one sentence, and no folder of files."""
    code, out, err = run("export", str(tmp_path / "out"), *words, home=home)
    assert (code, out) == (2, "")
    assert said in err
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_home_without_a_warehouse_ends_in_1(run: Run, tmp_path: Path) -> None:
    """As every command that reads does."""
    code, _, err = run("export", str(tmp_path / "out"))
    assert code == 1
    assert "newshouse ingest" in err


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T12:30", datetime(2026, 11, 20, 12, 30, tzinfo=UTC)),
        ("2026-11-20 12:30:01+02:00", datetime(2026, 11, 20, 10, 30, 1, tzinfo=UTC)),
        ("2026-11-20T12:30Z", datetime(2026, 11, 20, 12, 30, tzinfo=UTC)),
        ("7d", NOW - timedelta(days=7)),
        ("last", "last"),
        (None, None),
    ],
)
def test_since_takes_days_times_and_durations(text: str | None, at: object) -> None:
    """UTC unless the text says otherwise."""
    assert _parse_since(text, now=NOW) == at


def test_a_duration_longer_than_time_is_refused() -> None:
    """There is no day so long ago."""
    with pytest.raises(ConfigError, match="--since wants"):
        _parse_since("99999999d", now=NOW)
