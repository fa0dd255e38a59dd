"""`newshouse status`: how the house is, also before there is one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from etl.home import Home
from etl.store.read import find_writer
from tests.cli.newsroom import run


def test_status_tells_feeds_lag_runs_counts_sizes_and_alarms(home: Path) -> None:
    """What a person looks for in the morning."""
    told = run(home, "status").stdout
    assert "5 articles, 6 versions, 1 mentions, 1 entities, 1 dates, 4 stories" in told
    assert "1 active, 1 gone" in told
    assert "the server answered 410 Gone" in told
    assert "feed_gone" in told
    assert "completed" in told
    assert "news.duckdb" in told


def test_json_is_one_object_on_the_last_line(home: Path) -> None:
    """For monitors."""
    told = json.loads(run(home, "status", "--json").stdout.splitlines()[-1])
    assert told["feeds"] == {"active": 1, "gone": 1}
    assert [feed["feed_url"] for feed in told["troubled_feeds"]] == ["https://gone.test/feed.xml"]
    assert told["counts"]["articles"] == 5
    # Published at 12 on the 20th and on the 10th, queryable at 13; the 21st is no fast delivery.
    assert told["lag"]["articles"] == 3
    assert told["lag_s"] == 3600
    assert told["runs"][0]["run_id"] == "run1"
    assert told["sizes_bytes"]["news.duckdb"] > 0
    assert told["is_writing"] is False


def test_an_empty_home_gets_a_hint_and_no_error(tmp_path: Path) -> None:
    """There is nothing yet, which is not damage."""
    result = run(tmp_path, "status")
    assert result.exit_code == 0
    assert "newshouse init" in result.stdout
    (tmp_path / "feeds.toml").touch()
    assert "newshouse ingest" in run(tmp_path, "status").stdout
    assert json.loads(run(tmp_path, "status", "--json").stdout)["published_at"] is None


def test_a_living_writer_is_seen_and_a_dead_ones_note_is_not_believed(tmp_path: Path) -> None:
    """A killed run leaves its note behind."""
    folder = Home(tmp_path).live.parent
    folder.mkdir(parents=True)
    assert find_writer(folder) is None
    (folder / "writer.json").write_text(json.dumps({"pid": os.getpid()}), "utf-8")
    writer = find_writer(folder)
    assert writer is not None
    assert writer.pid == os.getpid()
    assert f"process {os.getpid()}" in run(tmp_path, "status").stdout
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (folder / "writer.json").write_text(json.dumps({"pid": dead.pid}), "utf-8")
    assert find_writer(folder) is None
    (folder / "writer.json").write_text("half a no", "utf-8")
    assert find_writer(folder) is None


def test_an_alarm_that_is_on_is_an_exit_code_where_asked_for(home: Path, tmp_path: Path) -> None:
    """For cron and monitors; without the flag, and without a warehouse, it is 0."""
    assert run(home, "status").exit_code == 0
    result = run(home, "status", "--fail-on-alarm", "--json")
    assert result.exit_code == 6
    kinds = {alarm["kind"] for alarm in json.loads(result.stdout.splitlines()[-1])["alarms"]}
    assert "feed_gone" in kinds
    assert run(tmp_path, "status", "--fail-on-alarm").exit_code == 0
