"""`verify` finds what anyone but newshouse changed, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from etl.cli import verify as command  # noqa: F401 - registers itself on app
from etl.cli.commands import app
from etl.cli.progress import Lines
from etl.errors import ConfigError
from etl.home import Home
from etl.outcomes import Outcome
from etl.store.connect import writer_lock
from etl.verification import Checked, verify
from tests.store.desk import NOON, Desk, Paper, entry, story

URL = "https://harbour.test/"
DAMAGE = [
    "DELETE FROM raw.fetches WHERE fetch_id = (SELECT min(fetch_id) FROM raw.fetches)",
    "UPDATE core.versions SET text = replace(text, 'ferry7', 'ferry8')",
    "INSERT INTO ops.alarms VALUES (now(), 'bugs', 'x', 'y', NULL, NULL)",
    "COMMENT ON TABLE ops.feeds IS 'other'",
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with two articles that repeat each other, published."""
    path = tmp_path_factory.mktemp("sound")
    desk = Desk(path / "data")
    pages = {f"{URL}a": Paper(story("ferry")), f"{URL}b": Paper(story("ferry"), published_at=NOON)}
    desk.ingest(entry("a"), entry("b"), pages=pages, publish=True)
    desk.store.close()
    return path


@pytest.fixture
def home(sound: Path, tmp_path: Path) -> Home:
    """Return a copy of the sound home, to be damaged."""
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    return Home(tmp_path)


def look(home: Home, *, deep: bool = False) -> tuple[Checked, ...]:
    """Return every check."""
    return verify(home, deep=deep, tell=Lines())


def find(home: Home, *, deep: bool = False) -> dict[str, list[str]]:
    """Return what was found, by check, as "subject: detail"."""
    return {
        check.check: [f"{one.subject}: {one.detail}" for one in check.findings]
        for check in look(home, deep=deep)
        if check.findings
    }


def change(path: Path, statement: str) -> None:
    """Change a database as somebody would who opens it with DuckDB."""
    with duckdb.connect(str(path)) as con:
        con.execute(statement)


def flip(path: Path, at: int) -> None:
    """Change one bit of one byte."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def leave_killed(home: Home) -> Desk:
    """Return a desk whose run was cut short after it loaded one page."""
    desk = Desk(home.data)
    desk.now, desk._runs = NOON.replace(day=23), 5
    desk.begin()
    desk.load_feeds(entry("c"), entry("d"))
    works = [work for work in desk.take_up() if work.url in {f"{URL}c", f"{URL}d"}]
    desk.load_pages(works[:1], {work.url: Paper(story(work.url[-1])) for work in works})
    desk.archive.sync()
    desk.store.close()
    return desk


def test_a_sound_home_is_found_sound_and_is_not_changed(home: Home) -> None:
    """Also when every record is read; and again when it was looked at before."""
    assert find(home, deep=True) == {}
    assert find(home) == {}
    assert len(look(home)) > 20


@pytest.mark.parametrize("statement", DAMAGE)
@pytest.mark.parametrize("file", ["published", "live"])
def test_any_change_of_either_database_is_found(home: Home, file: str, statement: str) -> None:
    """One row of any table is enough; a comment too."""
    change(getattr(home, file), statement)
    found = find(home)
    assert ("published_bytes" in found) == (file == "published")
    assert "live_rows" in found
    if not statement.startswith("COMMENT"):
        table = next(word for word in statement.split() if "." in word)
        assert any(line.startswith(f"{table}: ") for line in found["live_rows"])


@pytest.mark.parametrize("file", ["published", "live"])
def test_a_flipped_byte_of_either_database_is_found(home: Home, file: str) -> None:
    """Whether or not DuckDB still opens it."""
    path: Path = getattr(home, file)
    flip(path, path.stat().st_size // 2)
    assert find(home)


@pytest.mark.parametrize("at", [0, 4, 9, 300, -1], ids=str)
def test_a_flipped_byte_anywhere_in_the_archive_is_found(home: Home, at: int) -> None:
    """Also in the time stamp of a gzip header, which no checksum of gzip's covers."""
    (file,) = home.archive.iterdir()
    flip(file, at)
    assert any(file.name in line for line in find(home)["archive_files"])


def test_an_archive_file_cut_or_gone_is_found(home: Home) -> None:
    """Its size says so, or the lack of it."""
    (file,) = home.archive.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    assert "bytes, not" in find(home)["archive_files"][0]
    file.unlink()
    found = find(home, deep=True)
    assert "cannot be read" in found["archive_files"][0]
    assert len(found["archive_records"]) == 3


def test_a_file_nobody_wrote_is_found(home: Home) -> None:
    """The archive holds what runs sealed and nothing else."""
    (home.archive / "stray.warc.gz").write_bytes(b"x")
    assert find(home) == {
        "archive_strays": ["stray.warc.gz: the warehouse does not know this file"]
    }


def test_a_killed_run_is_no_damage(home: Home) -> None:
    """What it loaded is checked in the writer's database; its files wait to be sealed."""
    leave_killed(home)
    checked = look(home, deep=True)
    assert [check for check in checked if check.findings] == []
    notes = [check.note for check in checked if check.note]
    assert any("cut short" in note for note in notes)
    assert any(check.check.endswith("(unpublished)") for check in checked)


def test_damage_to_what_a_killed_run_left_is_found(home: Home) -> None:
    """Rows that were published must still be there (polls may be dropped), and sums be right."""
    leave_killed(home)
    change(home.live, "DELETE FROM raw.fetches")
    change(home.live, "DELETE FROM ops.outcomes WHERE outcome = 'deferred'")
    found = find(home)
    assert found["live_rows"] == ["raw.fetches: 2 published rows are gone"]
    assert "entry_counts_add_up (unpublished)" in found


def test_a_killed_runs_damaged_record_is_found_by_reading_it(home: Home) -> None:
    """Its file has no digest yet, so only --deep can tell."""
    desk = leave_killed(home)
    (file,) = home.archive.glob(f"*-{desk.run.run_id}-*")
    flip(file, file.stat().st_size - 20)
    assert find(home) == {}
    assert "archive_records" in find(home, deep=True)


def test_a_carried_texts_record_is_read_too(home: Home) -> None:
    """What a feed carried is archived in a record of another type, looked after as pages are."""
    desk = Desk(home.data)
    desk.now, desk._runs = NOON.replace(day=23), 5
    still = Paper(outcome=Outcome.UNCHANGED)
    carried = Paper(outcome=Outcome.GAVE_UP, carried=story("c"))
    pages = {f"{URL}a": still, f"{URL}b": still, f"{URL}c": carried}
    desk.ingest(entry("c"), pages=pages, publish=True)
    ((name, offset, length),) = desk.rows(
        "SELECT warc_file, warc_offset, warc_length FROM raw.pages WHERE kind = 'entry'"
    )
    desk.store.close()
    assert find(home, deep=True) == {}
    flip(home.archive / str(name), int(str(offset)) + int(str(length)) // 2)
    (found,) = find(home, deep=True)["archive_records"]
    assert f"{name} at byte {int(str(offset)):,}" in found


def test_while_a_run_writes_only_what_is_published_is_checked(home: Home) -> None:
    """Its files are left alone, and that is said."""
    with writer_lock(home.live.parent):
        checked = look(home)
    notes = {check.check: check.note for check in checked if check.note}
    assert set(notes) == {"live_rows", "archive_strays"}
    assert [check for check in checked if check.findings] == []


def test_the_lock_is_free_afterwards(home: Home) -> None:
    """The next run is not kept waiting."""
    look(home)
    with writer_lock(home.live.parent):
        pass


def test_a_file_that_is_no_database_is_found(home: Home) -> None:
    """It does not end in a traceback."""
    home.published.write_bytes(b"not a database" * 1000)
    assert "cannot be read" in find(home)["published_bytes"][0]
    home.published.unlink()
    assert "cannot be read" in find(home)["published_bytes"][0]


def test_a_missing_writers_database_is_found(home: Home) -> None:
    """It is where the next run begins."""
    home.live.unlink()
    assert find(home)["live_rows"] == ["live.duckdb: it is missing"]


def test_a_missing_manifest_is_found(home: Home) -> None:
    """Without it nobody can tell who wrote the file."""
    (home.live.parent / "published.json").unlink()
    assert "no manifest" in find(home)["published_bytes"][0]


def test_no_warehouse_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    """And nothing is made there."""
    with pytest.raises(ConfigError, match="newshouse init"):
        look(Home(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_checked_and_exits_with_5_on_damage(home: Home) -> None:
    """0 and a closing line when all is well."""
    runner = CliRunner()
    fine = runner.invoke(app, ["--home", str(home.path), "verify", "--deep"])
    assert fine.exit_code == 0
    assert "no damage" in fine.stdout
    change(home.published, DAMAGE[0])
    damaged = runner.invoke(app, ["--home", str(home.path), "verify"])
    assert damaged.exit_code == 5
    assert "raw.fetches: 0 published rows are not in" in damaged.stdout
    as_json = runner.invoke(app, ["--home", str(home.path), "verify", "--json"])
    assert as_json.exit_code == 5
    assert '"ok": false' in as_json.stdout.splitlines()[-1]
