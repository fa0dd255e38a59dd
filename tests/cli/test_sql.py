"""`newshouse sql`: formats, parameters, and errors that say what to do."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import duckdb
import pytest

from etl.errors import ConfigError, WarehouseError
from tests.cli.newsroom import FERRY, Newsroom, run
from tests.cli.terminal import CTRL_C, ENDLESS, Terminal
from tests.patience import ends

ODD = (
    "SELECT NULL AS nothing, '' AS empty, 'a|b\nc,\"d\"' AS text, 1.5 AS decimal, 'nan'::DOUBLE "
    "AS nan, ['x', NULL] AS list, TIMESTAMPTZ '2026-11-20 12:00:00+00' AS at, "
    "DATE '2026-11-20' AS day, true AS yes, '\\xAA'::BLOB AS blob, 1 AS twice, 2 AS twice"
)


def test_table_shows_nulls_and_aligns_numbers(home: Path) -> None:
    """A missing value is seen, and digits stand under digits."""
    result = run(home, "sql", "SELECT * FROM (VALUES (1, NULL), (22, 'x')) AS t(n, s)")
    assert result.stdout == " n  s\n──  ────\n 1  NULL\n22  x\n"
    assert "(2 rows)" in result.stderr


def test_table_cuts_long_texts_and_keeps_escape_sequences_off_the_terminal(home: Path) -> None:
    """A headline must not repaint the terminal, nor a text fill it."""
    result = run(home, "sql", "SELECT repeat('x', 1000) AS long, '\x1b[31mred' || chr(10) AS bad")
    line = result.stdout.splitlines()[2]
    assert "\x1b" not in result.stdout
    assert line.split() == ["x" * 199 + "…", "[31mred"]


def test_table_without_rows_still_names_its_columns(home: Path) -> None:
    """Nothing found is an answer."""
    result = run(home, "sql", "SELECT 1 AS n WHERE false")
    assert result.stdout.split() == ["n", "─"]
    assert "(0 rows)" in result.stderr


def test_table_widths_grow_with_later_pages(home: Path) -> None:
    """Widths are settled a page at a time; later values must not be cut to the first page's."""
    result = run(home, "sql", "SELECT range AS n FROM range(12345)")
    assert [int(line) for line in result.stdout.splitlines()[2:]] == list(range(12345))


def test_json_is_one_array_of_plain_values(home: Path) -> None:
    """Any program reads it: no NaN, ISO times, unique names."""
    (row,) = json.loads(run(home, "sql", ODD, "--format", "json").stdout)
    assert row == {
        "nothing": None, "empty": "", "text": 'a|b\nc,"d"', "decimal": 1.5, "nan": None,
        "list": ["x", None], "at": "2026-11-20T12:00:00+00:00", "day": "2026-11-20", "yes": True,
        "blob": "qg==", "twice": 1, "twice_1": 2,
    }  # fmt: skip
    assert json.loads(run(home, "sql", "SELECT 1 WHERE false", "--format", "json").stdout) == []


def test_jsonl_is_an_object_a_line(home: Path) -> None:
    """It can be cut into pieces."""
    result = run(home, "sql", "SELECT range AS n FROM range(3)", "--format", "jsonl")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"n": 0}, {"n": 1}, {"n": 2},
    ]  # fmt: skip


def test_csv_reads_back_and_tells_null_from_empty(home: Path) -> None:
    """The csv module reads the values; DuckDB, which knows the difference, the NULL too."""
    text = run(home, "sql", ODD, "--format", "csv").stdout
    head, row = csv.reader(io.StringIO(text))
    assert row[head.index("text")] == 'a|b\nc,"d"'
    assert text.splitlines()[1].startswith(',"",')
    single = run(home, "sql", "SELECT NULL AS n", "--format", "csv").stdout
    assert list(csv.reader(io.StringIO(single))) == [["n"], [""]]


def test_markdown_keeps_each_row_on_a_line(home: Path) -> None:
    """Pipes and line ends would break the table."""
    lines = run(home, "sql", ODD, "--format", "markdown").stdout.splitlines()
    assert len(lines) == 3
    assert 'a\\|b<br>c,"d"' in lines[2]


def test_parquet_is_written_whole_and_typed(home: Path, tmp_path: Path) -> None:
    """The format follows the file's ending; a comment at the end does no harm."""
    out = tmp_path / "it's.parquet"
    query = "SELECT $who AS who, published_at FROM articles; -- all"
    result = run(home, "sql", query, "-p", "who=me", "--out", str(out))
    assert "5 rows written" in result.stderr
    kinds = duckdb.sql(
        "SELECT DISTINCT who, typeof(published_at) FROM read_parquet($f)", params={"f": str(out)}
    )
    assert kinds.fetchall() == [("me", "TIMESTAMP WITH TIME ZONE")]
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_failed_query_leaves_the_old_file_alone(home: Path, tmp_path: Path) -> None:
    """The file is replaced when its successor is whole."""
    out = tmp_path / "kept.csv"
    out.write_text("old", "utf-8")
    failing = "SELECT CASE WHEN range > 5000 THEN 'x' ELSE '1' END::INT FROM range(9000)"
    assert isinstance(run(home, "sql", failing, "--out", str(out)).exception, ConfigError)
    assert out.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]


def test_the_last_of_several_statements_is_shown_and_each_takes_its_parameters(home: Path) -> None:
    """Temporary tables are fine: only the warehouse is read-only."""
    query = "CREATE TEMP TABLE t AS SELECT $a::INT AS n; INSERT INTO t VALUES ($b); FROM t"
    result = run(home, "sql", query, "-p", "a=1", "-p", "$b=2", "--format", "csv")
    assert result.stdout == "n\n1\n2\n"


def test_a_parameter_is_a_value_and_never_sql(home: Path) -> None:
    """Quotes in it are quotes."""
    query = "SELECT count(*) AS n FROM articles WHERE source = $source"
    result = run(home, "sql", query, "-p", "source=' OR 1=1 --", "--format", "csv")
    assert result.stdout == "n\n0\n"


def test_query_comes_from_a_file_or_from_stdin(home: Path, tmp_path: Path) -> None:
    """Three ways to give it, one at a time."""
    (tmp_path / "q.sql").write_text("SELECT 'file' AS x", "utf-8")
    assert "file" in run(home, "sql", "-f", str(tmp_path / "q.sql")).stdout
    assert "pipe" in run(home, "sql", "-", stdin="SELECT 'pipe' AS x").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["SELEC 1"], "SELEC"),
        (["SELECT nope FROM articles"], "nope"),
        (["INSERT INTO core.articles (article_id) VALUES ('x')"], "only reads"),
        (["DROP VIEW main.articles"], "only reads"),
        (["SELECT $a"], "-p a=VALUE"),
        (["SELECT 1", "-p", "a=1"], "no statement asks for $a"),
        (["SELECT 1", "-p", "a"], "NAME=VALUE"),
        (["SELECT 1", "--format", "xml"], "markdown"),
        (["SELECT 1", "--format", "parquet"], "--out"),
        (["SELECT 1", "--out", "/nowhere/x.csv"], "/nowhere/x.csv"),
        (["SELECT 1", "-f", "x.sql"], "one query"),
        (["-f", "/nowhere/x.sql"], "/nowhere/x.sql"),
        (["--", "-- nothing"], "no SQL statement"),
        ([], "one query"),
    ],
)
def test_what_cannot_be_run_is_explained(home: Path, words: list[str], said: str) -> None:
    """Each is the user's to mend: `main` turns it into one message and exit code 2."""
    result = run(home, "sql", *words)
    assert isinstance(result.exception, ConfigError)
    assert said in str(result.exception)
    assert result.stdout == ""


def test_ctrl_c_stops_a_query(home: Path, tmp_path: Path) -> None:
    """Also one that takes DuckDB hours, which Ctrl-C does not always reach."""
    begun = tmp_path / "begun.csv"
    with Terminal(home, "sql", f"COPY (SELECT 1) TO '{begun}'; {ENDLESS}") as terminal, ends():
        while not begun.exists():
            assert terminal.process.poll() is None
            time.sleep(0.1)
        terminal.type(CTRL_C)
        terminal.wait_for("newshouse: stopped")
        assert terminal.wait_end() == 130


def test_a_home_without_a_warehouse_says_how_to_make_one(tmp_path: Path) -> None:
    """A newcomer's first mistake."""
    error = run(tmp_path, "sql", "SELECT 1").exception
    assert isinstance(error, WarehouseError)
    assert "newshouse ingest" in str(error)


def test_reading_neither_waits_for_a_writer_nor_sees_what_is_not_published(tmp_path: Path) -> None:
    """The writer works on a file of its own."""
    room = Newsroom(tmp_path / "data")
    room.con.execute("CHECKPOINT")
    room.published.write_bytes(room.live.read_bytes())
    room.article(FERRY, "text", title="Unpublished")
    result = run(tmp_path, "sql", "SELECT count(*) AS n FROM articles", "--format", "csv")
    assert result.stdout == "n\n0\n"
    room.con.close()
