"""`newshouse shell`: piped, and in a real terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.errors import WarehouseError
from etl.home import Home
from tests.cli.newsroom import run
from tests.cli.terminal import CTRL_C, CTRL_D, ENDLESS, ENTER, TAB, UP, Terminal
from tests.patience import ends

PROMPT = "news>"


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Home:
    """Return a home of the test's own."""
    shutil.copytree(home, tmp_path / "own")
    return Home(tmp_path / "own")


@pytest.fixture
def terminal(own: Home) -> Iterator[Terminal]:
    """Return a session in a terminal, at its first prompt."""
    with Terminal(own.path, "shell") as opened:
        opened.wait_for(PROMPT)
        yield opened


def republish(home: Home, articles: int) -> None:
    """Publish a snapshot with as many articles, as publications do: by a new file of that name."""
    fresh = home.data / "fresh.duckdb"
    shutil.copyfile(home.published, fresh)
    with duckdb.connect(fresh) as con:
        con.execute("DELETE FROM core.articles")
        con.execute(
            "INSERT INTO core.articles (article_id, url, canonical_url, source, feed_url, "
            "first_seen_at, last_seen_at, version, story_id) SELECT 'new' || i, '', '', 'x.test', "
            "'', now(), now(), 1, '' FROM range($1) AS r(i)",
            [articles],
        )
        con.execute("CHECKPOINT")
    fresh.replace(home.published)


COUNT = "SELECT 'there are ' || count(*) AS said FROM core.articles;"


def test_statements_of_a_pipe_are_answered_in_order(home: Path):
    """Over several lines, several on one, the last without a semicolon, comments between."""
    told = "-- first\nSELECT 1\n  AS one; SELECT 'a;b' AS two;\n\n/* c; */ SELECT 3 AS three"
    result = run(home, "shell", "--format", "csv", stdin=told)
    assert result.exit_code == 0
    assert result.stdout == "one\n1\ntwo\na;b\nthree\n3\n"
    assert result.stderr == ""


def test_a_pipe_says_no_more_than_sql_does(home: Path):
    """A table, and its count on stderr."""
    piped = run(home, "shell", stdin="SELECT 7 AS n;")
    asked = run(home, "sql", "SELECT 7 AS n")
    assert (piped.stdout, piped.stderr) == (asked.stdout, asked.stderr)


def test_nothing_in_a_pipe_is_no_error(home: Path):
    """Comments and empty statements ask nothing."""
    assert run(home, "shell", stdin="").exit_code == 0
    assert run(home, "shell", stdin="-- nothing;\n ;;\n/* c */").exit_code == 0


def test_a_wrong_statement_in_a_pipe_ends_it_with_the_code_of_sql(home: Path):
    """A script does not go on as if its first half had worked."""
    command = [sys.executable, "-m", "etl.cli", "--home", str(home), "shell"]
    with ends():
        ended = subprocess.run(
            command, input="SELECT 1 AS n;\nFROM articels;\nSELECT 2 AS m;", text=True,
            capture_output=True, check=False,
        )  # fmt: skip
    assert ended.returncode == 2
    assert "articels" in ended.stderr
    assert "n" in ended.stdout
    assert "m" not in ended.stdout


def test_a_pipe_is_answered_before_it_ends(home: Path):
    """Another program may talk with it."""
    command = [sys.executable, "-m", "etl.cli", "--home", str(home), "shell", "--format", "jsonl"]
    with (
        ends(),
        subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("SELECT 1 AS n;\n")
        process.stdin.flush()
        assert process.stdout.readline() == '{"n": 1}\n'
        process.stdin.write(".quit\nSELECT 2 AS n;\n")
        process.stdin.close()
        assert process.stdout.read() == ""
        assert process.wait() == 0


def test_without_a_warehouse_it_says_how_to_make_one(tmp_path: Path):
    """The code is that of `sql`."""
    result = run(tmp_path, "shell", stdin="SELECT 1;")
    assert isinstance(result.exception, WarehouseError)
    assert "newshouse init" in str(result.exception)


def test_it_writes_nothing(home: Path):
    """Read-only."""
    result = run(home, "shell", stdin="DELETE FROM core.articles;")
    assert "read-only" in str(result.exception)


def test_dot_commands_tell_of_tables_columns_and_macros(home: Path):
    """With what each means."""
    told = run(home, "shell", stdin=".tables\n").stdout
    assert "articles" in told
    assert "search(words, top)" in told
    assert "search_wanted" not in told
    assert "core.versions" not in told
    assert "core.versions" in run(home, "shell", stdin=".tables all\n").stdout
    columns = run(home, "shell", stdin=".schema feeds\n").stdout
    assert "next_poll_at" in columns
    assert "TIMESTAMP WITH TIME ZONE" in columns
    assert "as_of(t)" in run(home, "shell", stdin=".schema as_of\n").stdout


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (".schema articels", "the nearest is articles"),
        (".frobnicate", ".help lists them"),
        (".format xml", "jsonl"),
        (".rows many", "or all"),
        (".timer perhaps", "on or off"),
        (".tables some", "nothing or all"),
        (".read", "name of a file"),
        (".read /nowhere.sql", "cannot read /nowhere.sql"),
    ],
)
def test_a_wrong_dot_command_says_what_would_be_right(home: Path, line: str, hint: str):
    """And ends a pipe, as a wrong statement does."""
    result = run(home, "shell", stdin=f"{line}\nSELECT 2 AS n;")
    assert hint in str(result.exception)
    assert result.stdout == ""


def test_dot_commands_change_how_answers_are_written(home: Path, tmp_path: Path):
    """Between statements, also from a file."""
    (tmp_path / "more.sql").write_text(".format markdown\nSELECT 2 AS b", "utf-8")
    told = f".format csv\nSELECT 1 AS a;\n.read {tmp_path}/more.sql\n.rows 1\nFROM range(3);"
    result = run(home, "shell", stdin=told)
    assert result.stdout == "a\n1\n| b |\n| --- |\n| 2 |\n| range |\n| --- |\n| 0 |\n"
    assert "the first 1 row" in result.stderr


def test_a_file_that_reads_itself_is_told_so(home: Path, tmp_path: Path):
    """By way of another, too; and one may be read twice."""
    one, other = tmp_path / "one.sql", tmp_path / "other.sql"
    one.write_text(f"SELECT 1 AS n;\n.read {other}\n", "utf-8")
    other.write_text("SELECT 2 AS n;", "utf-8")
    twice = run(home, "shell", stdin=f".format csv\n.read {one}\n.read {one}")
    assert twice.stdout == "n\n1\nn\n2\n" * 2
    other.write_text(f".read {one}\n", "utf-8")
    assert f"{one} reads itself" in str(run(home, "shell", stdin=f".read {one}").exception)


def test_settings_outlast_a_newer_snapshot_and_temporary_tables_hold_the_old_one(own: Home):
    """What a session made must not vanish in its midst; .reload says it may."""
    command = [sys.executable, "-m", "etl.cli", "--home", str(own.path), "shell", "--format", "csv"]
    with (
        ends(),
        subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None

        def ask(text: str) -> str:
            process.stdin.write(f"{text}\n")
            process.stdin.flush()
            process.stdout.readline()
            return process.stdout.readline().strip()

        ask("SET VARIABLE mine = 42; SELECT 1 AS n;")
        assert ask(COUNT) == "there are 5"
        republish(own, 8)
        assert ask(COUNT) == "there are 8"
        assert ask("SELECT getvariable('mine') AS n;") == "42"
        assert ask("CREATE TEMP TABLE t AS SELECT 6 AS n; FROM t;") == "6"
        republish(own, 9)
        assert ask(COUNT) == "there are 8"
        assert ask(f".reload\n{COUNT}") == "there are 9"
        assert ask(f"-- so\nBEGIN; {COUNT}") == "there are 9"
        republish(own, 10)
        assert ask(COUNT) == "there are 9"
        assert ask(f"ROLLBACK; {COUNT}") == "there are 10"
        _, told = process.communicate()
    assert told.count("a newer snapshot: as of") == 3
    assert told.count(".reload goes on") == 2


def test_a_terminal_takes_lines_until_a_semicolon_and_keeps_a_history(
    own: Home, terminal: Terminal
):
    """What was asked is asked again with a key, in this session and the next."""
    terminal.type(f"SELECT 40{ENTER}")
    terminal.wait_for(r"\.\.\.")
    terminal.type(f"+ 2 AS answer;{ENTER}")
    assert "answer" in terminal.wait_for(r"42\s+\(1 row\)")
    terminal.wait_for(PROMPT)
    terminal.type(CTRL_D)
    assert terminal.wait_end() == 0
    history = own.data / "shell_history"
    assert "+ 2 AS answer;" in history.read_text("utf-8")
    assert history.stat().st_mode & 0o077 == 0
    with Terminal(own.path, "shell") as again:
        again.wait_for(PROMPT)
        again.type(f"{UP}{ENTER}")
        again.wait_for(r"42\s+\(1 row\)")


def test_a_terminal_completes_tables_columns_and_macros(terminal: Terminal):
    """After FROM what can be asked, elsewhere the columns of it."""
    terminal.type(f"FROM tombs{TAB}")
    terminal.wait_for("tones")
    terminal.type(f";{ENTER}")
    terminal.wait_for("0 rows")
    terminal.type(f"SELECT 1 FROM feeds AS f WHERE f.next_po{TAB}")
    terminal.wait_for("ll_at")
    terminal.type(f" IS NULL;{ENTER}")
    terminal.wait_for("2 rows")
    terminal.type(f".schema article_v{TAB}")
    terminal.wait_for("ersions")
    terminal.type(ENTER)
    terminal.wait_for("text_sha256")


def test_ctrl_c_stops_a_query_and_the_session_goes_on(terminal: Terminal):
    """Also one that DuckDB would not be done with for hours."""
    terminal.type(f"SELECT 'be' || 'gun' AS it; {ENDLESS};{ENTER}")
    terminal.wait_for(r"begun\s+\(1 row\)")
    with ends():
        terminal.type(CTRL_C)
        terminal.wait_for("stopped")
    terminal.wait_for(PROMPT)
    terminal.type(f"SELECT 'still ' || 'here' AS said;{ENTER}")
    terminal.wait_for("still here")


def test_ctrl_c_at_the_prompt_drops_what_was_typed(terminal: Terminal):
    """And nothing else."""
    terminal.type(f"SELECT 1{ENTER}")
    terminal.wait_for(r"\.\.\.")
    terminal.type(CTRL_C)
    terminal.wait_for(PROMPT)
    terminal.type(f"SELECT 'a' || 'new' AS said;{ENTER}")
    terminal.wait_for("anew")


def test_a_wrong_statement_at_a_terminal_is_told_and_the_session_goes_on(terminal: Terminal):
    """A person mends it and asks again."""
    terminal.type(f"FROM articels;{ENTER}")
    terminal.wait_for("Catalog Error")
    terminal.type(f"SELECT 'a' || 'gain' AS said;{ENTER}")
    terminal.wait_for("again")
    terminal.type(f".quit{ENTER}")
    assert terminal.wait_end() == 0


def test_a_terminal_is_told_of_a_newer_snapshot(own: Home, terminal: Terminal):
    """At the next statement, which is asked of it."""
    terminal.type(f"{COUNT}{ENTER}")
    terminal.wait_for("there are 5")
    republish(own, 3)
    terminal.type(f"{COUNT}{ENTER}")
    terminal.wait_for("a newer snapshot: as of")
    terminal.wait_for("there are 3")


def test_a_terminal_shows_the_first_rows_and_says_so(terminal: Terminal):
    """Thousands would scroll away."""
    terminal.type(f"FROM range(501);{ENTER}")
    terminal.wait_for(r"\(the first 500 rows; \.rows all")
    terminal.type(f".rows all{ENTER}FROM range(501);{ENTER}")
    terminal.wait_for(r"\(501 rows\)")


def test_results_may_go_to_a_file_while_a_person_types(own: Home, tmp_path: Path):
    """The prompt is on the terminal, the rows are not."""
    with (tmp_path / "out").open("wb") as out, Terminal(own.path, "shell", out=out.fileno()) as it:
        it.wait_for(PROMPT)
        it.type(f".format csv{ENTER}SELECT 5 AS n;{ENTER}.quit{ENTER}")
        assert it.wait_end() == 0
    assert (tmp_path / "out").read_text("utf-8") == "n\n5\n"


def test_a_home_that_cannot_be_written_has_a_session_without_history(own: Home):
    """Reading is all it needs."""
    if os.geteuid() == 0:
        (own.data / "shell_history").mkdir()
    else:
        own.data.chmod(0o555)
    with Terminal(own.path, "shell") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type(f"SELECT 'it ' || 'works' AS said;{ENTER}")
        terminal.wait_for("it works")
    own.data.chmod(0o755)
