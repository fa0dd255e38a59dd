"""`maintain`: what grows is bounded, what brought something stays, and a kill harms nothing."""

from __future__ import annotations

import json
import multiprocessing
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from etl import maintenance
from etl.errors import ConfigError, WarehouseBusyError
from etl.home import Home
from etl.maintenance import Upkeep, maintain
from etl.outcomes import Outcome
from etl.settings import Settings
from etl.store import postings
from etl.store.connect import writer_lock
from etl.store.content import hash_content
from etl.verification import verify
from tests.cli.newsroom import run
from tests.conftest import Quiet
from tests.crashes.steps import Kill, Steps, watch_files, watch_ports
from tests.store.desk import Desk, Paper, entry, story

PAGES = {
    "https://harbour.test/a": Paper(story("ferry")),
    "https://harbour.test/b": Paper(story("bridge"), title="Bridge closed"),
}
SETTINGS = Settings.model_validate({"keep": {"free_share": 0.01}})
STEPS = (
    "before removing staging", "after removing staging", "before COMMIT of opening",
    "after COMMIT of opening", "during close of the database", "before naming live.duckdb",
    "after naming live.duckdb", "before writing a block of the snapshot",
    "before naming news.duckdb", "before naming published.json",
)  # fmt: skip


def make_old_home(folder: Path) -> Home:
    """Return a home with two articles, then runs for two years, free blocks and leftovers."""
    desk = Desk(folder / "data")
    desk.now = datetime.now(UTC) - timedelta(days=721)
    desk.ingest(entry("a"), entry("b"), pages=PAGES)
    for _ in range(3):
        desk.begin(hours=24 * 240)
        desk.load_feeds(entry("a"))
        desk.load_pages(desk.take_up(), dict.fromkeys(PAGES, Paper(outcome=Outcome.UNCHANGED)))
        desk.finish()
    con = desk.store._con
    con.execute(
        "INSERT INTO ops.runs (run_id, flow, state, started_at, finished_at, newshouse_version) "
        "SELECT 'idle' || n, 'ingest', 'completed', $1 + INTERVAL 1 HOUR * n, "
        "$1 + INTERVAL 1 HOUR * n, '0' FROM range(5) AS t (n)",
        [desk.now - timedelta(days=500)],
    )
    con.execute(
        "INSERT INTO raw.fetches (fetch_id, run_id, kind, url, final_url, outcome, started_at, "
        "elapsed_ms, received_bytes, from_cache) SELECT 'f' || n, 'idle' || n, 'feed', 'u', 'u', "
        "'not_modified', $1, 1, 0, false FROM range(5) AS t (n)",
        [desk.now - timedelta(days=500)],
    )
    con.execute("CREATE TABLE ops.ballast AS SELECT random() FROM range(2000000)")
    con.execute("CHECKPOINT")
    con.execute("DROP TABLE ops.ballast")
    desk.store.publish()
    desk.store.close()
    home = Home(folder)
    (home.data / "staging").mkdir(exist_ok=True)
    (home.data / "staging" / "x-00001-pages.parquet").write_bytes(b"half")
    (home.data / ".left.duckdb.new").write_bytes(b"half a copy")
    return home


def content(path: Path) -> object:
    """Return the history hash of a database, and the runs it has."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return hash_content(con), con.execute("SELECT count(*) FROM ops.outcomes").fetchall()


def keep_house(home: Home, **options: bool) -> Upkeep:
    """Maintain a home."""
    return maintain(home, tell=Quiet(), settings=SETTINGS, **options)


def test_maintain_bounds_what_grows_and_says_what_it_freed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Old polls, outcomes and idle runs go; articles, their history and the checks stay."""
    monkeypatch.setattr(maintenance, "MIN_FREE_BYTES", 1 << 20)
    home = make_old_home(tmp_path)
    before = content(home.published)
    told = keep_house(home, is_dry=True)
    assert told.is_dry
    assert told.before_bytes == told.after_bytes
    assert (home.data / ".left.duckdb.new").exists()
    assert content(home.live) == before

    done = keep_house(home)
    assert done.rows == told.rows
    assert done.rows["runs"] == 5
    assert done.rows["fetches"] >= 5
    assert set(done.files) == {"staging", ".left.duckdb.new"}
    assert done.compacted_bytes > 10_000_000
    # One snapshot of before is kept beside the new one.
    assert done.after_bytes < done.before_bytes - 5_000_000
    assert content(home.published)[0] == before[0]
    assert content(home.live) == content(home.published)
    assert not [check for check in verify(home, deep=True, tell=Quiet()) if check.findings]

    again = keep_house(home)
    assert not any(again.rows.values())
    assert (again.files, again.compacted_bytes) == ({}, None)


def test_postings_in_many_runs_are_worth_writing_the_database_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """However little of the file is free; afterwards they are one run, and it is not worth it."""
    home = make_old_home(tmp_path)
    keep_house(home)
    monkeypatch.setattr(maintenance, "MIN_FREE_BYTES", 1 << 40)
    assert keep_house(home).compacted_bytes is None
    monkeypatch.setattr(postings, "MOST_RUNS", 0)
    assert keep_house(home, is_dry=True).compacted_bytes is not None
    assert keep_house(home).compacted_bytes is not None
    monkeypatch.setattr(postings, "MOST_RUNS", 1)
    assert keep_house(home).compacted_bytes is None


def die_at(home: Path, step: str) -> None:
    """Maintain a home in a process of its own, up to the step."""
    steps = Steps(Kill(step=step, nth=1))
    watch_ports(steps)
    watch_files(steps)
    maintenance.MIN_FREE_BYTES = 1 << 20
    keep_house(Home(home))


def test_a_maintenance_killed_at_any_step_leaves_a_whole_warehouse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """SIGKILL, one step after the other: readers have theirs, and the next goes on."""
    monkeypatch.setattr(maintenance, "MIN_FREE_BYTES", 1 << 20)
    home = make_old_home(tmp_path)
    before = content(home.published)[0]
    for step in STEPS:
        child = multiprocessing.get_context("fork").Process(target=die_at, args=(tmp_path, step))
        child.start()
        child.join(120)
        assert child.exitcode == -signal.SIGKILL, step
        assert content(home.published)[0] == before, step
        add_free_blocks(home)
    keep_house(home)
    assert content(home.live) == content(home.published)
    assert content(home.live)[0] == before
    assert not [check for check in verify(home, deep=True, tell=Quiet()) if check.findings]
    left = {path.name for path in home.data.rglob("*") if path.name.endswith((".new", ".wal"))}
    assert left == set()


def add_free_blocks(home: Home) -> None:
    """Let there be a reason to write the database anew, and something to drop."""
    desk = Desk(home.data)
    con = desk.store._con
    con.execute("CREATE OR REPLACE TABLE ops.ballast AS SELECT random() FROM range(400000)")
    con.execute("CHECKPOINT")
    con.execute("DROP TABLE ops.ballast")
    con.execute(
        "INSERT INTO ops.alarms VALUES ('2001-01-01', 'bugs', 'x', 'y', '2001-01-02', NULL)"
    )
    desk.store.close()
    (home.data / "staging").mkdir(exist_ok=True)


def test_maintain_beside_a_run_ends_with_exit_code_3(tmp_path: Path):
    """And harms neither."""
    home = make_old_home(tmp_path)
    with writer_lock(home.live.parent), pytest.raises(WarehouseBusyError, match="is writing"):
        keep_house(home)
    assert (home.data / "staging").exists()


def test_the_command_tells_what_it_did(tmp_path: Path):
    """In words, or as one JSON object; an empty home gets a hint."""
    result = run(tmp_path / "nowhere", "maintain")
    assert isinstance(result.exception, ConfigError)
    home = make_old_home(tmp_path)
    told = json.loads(run(home.path, "maintain", "--dry-run", "--json").stdout.splitlines()[-1])
    assert told["rows"]["runs"] == 5
    said = run(home.path, "maintain").stdout
    assert "5 old rows of runs dropped" in said
    assert "staging, left behind, removed" in said


def test_a_log_that_has_grown_keeps_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The Prefect server writes to it for years."""
    monkeypatch.setattr(maintenance, "LOG_KEPT_BYTES", 100)
    home = make_old_home(tmp_path)
    log = home.data / "prefect" / "server.log"
    log.parent.mkdir()
    log.write_bytes(b"".join(b"%09d\n" % line for line in range(200)))
    assert keep_house(home).log_bytes == 1900
    assert log.read_bytes() == b"".join(b"%09d\n" % line for line in range(190, 200))
