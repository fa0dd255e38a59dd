"""Replay and rebuild as people run them: whole commands, in processes that cannot open a socket."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from etl.home import Home
from etl.store.connect import writer_lock
from etl.verification import hash_published, verify
from tests.conftest import Quiet, World
from tests.offline import offline_environment
from tests.patience import ends


@pytest.fixture
def corrected(world: World) -> World:
    """A world on its second day: corrections, new articles, a page that is gone."""
    world.server.day = 2
    world.ingest()
    return world


def newshouse(home: Home, *words: str, **settings: str) -> subprocess.Popen[str]:
    """Start the command on a home, offline."""
    environment = offline_environment(home.path / "offline")
    named = {f"NEWSHOUSE_{name}": value for name, value in settings.items()}
    return subprocess.Popen(
        [sys.executable, "-m", "etl.cli", "--home", str(home.path), *words],
        env=environment | {"NEWSHOUSE_REFINE__WORKERS": "2"} | named,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def done(home: Home, *words: str, **settings: str) -> tuple[int, str, str]:
    """Run the command to its end and return exit code, stdout and stderr."""
    with newshouse(home, *words, **settings) as process:
        out, err = process.communicate()
    return process.returncode, out, err


def hashes(home: Home) -> tuple[str, str]:
    """Return the hash of content, and of content and history."""
    found = hash_published(home, tell=Quiet())
    return found.content, found.history


def assert_whole(home: Home) -> None:
    """Nothing of a replay lies about, and every check passes."""
    left = {path.name for path in home.live.parent.iterdir()}
    assert not [name for name in left if name.startswith("candidate")]
    checked = verify(home, deep=True, tell=Quiet())
    assert [finding for check in checked for finding in check.findings] == []


@pytest.mark.parametrize("workers", ["1", "2", "4"])
def test_law_6_a_rebuild_gives_the_same_warehouse(corrected: World, workers: str) -> None:
    """From the archive alone, with any number of workers: the same content and history."""
    before = hashes(corrected.home)
    code, out, err = done(corrected.home, "rebuild", "--json", REFINE__WORKERS=workers)
    assert code == 0, err
    told = json.loads(out)
    assert told["is_promoted"]
    assert told["articles"]["same"] == told["was"]["articles"] == told["now"]["articles"] > 0
    assert hashes(corrected.home) == before == (told["content"]["content"], before[1])
    assert_whole(corrected.home)


def test_a_run_goes_on_with_a_rebuilt_warehouse(world: World) -> None:
    """The next run meets the corrections as it would have, and nothing twice."""
    assert done(world.home, "rebuild")[0] == 0
    world.server.day = 2
    summary = world.ingest()
    assert summary.articles_changed > 0
    assert world.rows("SELECT count(*) FROM runs WHERE flow = 'rebuild'") == [(1,)]
    assert_whole(world.home)


@pytest.mark.parametrize("stage", ["extract", "tag", "dedup"])
def test_a_replay_by_the_same_rules_changes_nothing(corrected: World, stage: str) -> None:
    """Whatever stage it begins with."""
    before = hashes(corrected.home)
    code, _, err = done(corrected.home, "replay", "--stage", stage)
    assert code == 0, err
    assert hashes(corrected.home) == before
    assert_whole(corrected.home)


def test_a_replay_by_other_rules_says_what_it_would_change_and_then_does(world: World) -> None:
    """A dry run changes no byte; the real one finds its work done."""
    was = world.home.published.read_bytes()
    rule = {"REFINE__MIN_CHARS": "900"}
    code, out, err = done(world.home, "replay", "--dry-run", "--json", **rule)
    assert code == 0, err
    told = json.loads(out)
    assert 0 < told["articles"]["gone"] < told["was"]["articles"]
    assert told["now"]["articles"] == told["was"]["articles"] - told["articles"]["gone"]
    assert world.home.published.read_bytes() == was
    code, out, err = done(world.home, "replay", **rule)
    assert code == 0
    assert "refining pages" not in err
    assert f"{told['articles']['gone']:,}  articles gone" in out
    assert world.rows("SELECT count(*) FROM articles") == [(told["now"]["articles"],)]
    rejected = "SELECT count(*) FROM entries WHERE reason = 'too_short' AND article_id IS NULL"
    assert world.rows(rejected)[0][0] >= told["articles"]["gone"]
    assert_whole(world.home)
    # By the old rules again, they come back.
    assert done(world.home, "replay")[0] == 0
    assert world.rows("SELECT count(*) FROM articles") == [(told["was"]["articles"],)]
    assert_whole(world.home)


def test_a_replay_of_one_source_leaves_the_others(world: World) -> None:
    """By other rules, only what hangs together with that source changes."""
    rule = {"REFINE__MIN_CHARS": "100000"}
    ((source,),) = world.rows(
        "SELECT source FROM articles GROUP BY source ORDER BY count(*), source LIMIT 1"
    )
    code, _, err = done(world.home, "replay", "--source", source, **rule)
    assert code == 0, err
    assert world.rows("SELECT count(*) FROM articles WHERE source = $s", s=source) == [(0,)]
    assert world.rows("SELECT count(*) > 0 FROM articles") == [(True,)]
    assert_whole(world.home)


@pytest.mark.parametrize("moment", ["refining pages", "loading articles", "publishing"])
def test_a_killed_replay_leaves_the_warehouse_and_goes_on(world: World, moment: str) -> None:
    """SIGKILL at its three stretches; then a run, then the replay again."""
    before = hashes(world.home)
    with newshouse(world.home, "replay") as process, ends():
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(moment):
                os.kill(process.pid, signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL
    assert hashes(world.home) == before
    world.ingest()
    code, _, err = done(world.home, "replay")
    assert code == 0, err
    assert hashes(world.home) == before
    assert_whole(world.home)


def test_a_replay_waits_for_no_run_that_is_writing(world: World) -> None:
    """It says who is writing; a dry run needs no lock."""
    with writer_lock(world.home.live.parent):
        code, _, err = done(world.home, "replay")
        dry, _, _ = done(world.home, "replay", "--dry-run")
    assert (code, dry) == (3, 0)
    assert "is writing" in err


def test_bad_input_to_replay_is_explained(world: World, tmp_path: Path) -> None:
    """A source nobody knows, a time that is none, a home without a warehouse."""
    code, _, err = done(world.home, "replay", "--source", "nobody.test")
    assert (code, "no article" in err) == (1, True)
    code, _, err = done(world.home, "replay", "--since", "yesterdayish")
    assert (code, "--since wants" in err) == (2, True)
    (tmp_path / "none").mkdir()
    code, _, err = done(Home(tmp_path / "none"), "rebuild")
    assert (code, "there is no warehouse" in err) == (1, True)


def test_what_was_forgotten_stays_away_from_a_rebuilt_warehouse(corrected: World) -> None:
    """Its tombstone is taken over, its raw bytes are not there to be read."""
    ((article_id, title),) = corrected.rows(
        "SELECT article_id, title FROM articles WHERE version_count > 1 ORDER BY article_id LIMIT 1"
    )
    reason = ("--reason", "a court order")
    code, _, err = done(corrected.home, "forget", article_id, "--yes", *reason)
    assert code == 0, err
    before = hashes(corrected.home)
    assert done(corrected.home, "rebuild")[0] == 0
    assert hashes(corrected.home) == before
    gone = "SELECT count(*) FROM articles WHERE article_id = $id OR title = $title"
    assert corrected.rows(gone, id=article_id, title=title) == [(0,)]
    assert corrected.rows("SELECT article_id FROM tombstones") == [(article_id,)]
    assert_whole(corrected.home)
