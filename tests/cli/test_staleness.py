"""People are told how old what they read is, programs are not disturbed."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.cli.staleness import say_staleness
from etl.home import Home
from etl.store.connect import writer_lock
from etl.store.publish import Manifest, _write_manifest, manifest_path
from tests.cli.newsroom import run
from tests.patience import ends

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def stale(home: Path, tmp_path: Path) -> Home:
    """Return a home published at noon."""
    shutil.copytree(home, tmp_path / "stale")
    found = Home(tmp_path / "stale")
    manifest = Manifest(sha256="", file_bytes=1, published_at=NOON.isoformat())
    _write_manifest(manifest_path(found.live), manifest)
    return found


def test_the_age_of_the_snapshot_and_who_is_writing_are_said(stale: Home) -> None:
    """As of when it is, and that more is to come."""
    now = NOON + timedelta(minutes=21)
    assert say_staleness(stale, now=now) == "as of 2026-11-22 12:00Z, 21 minutes ago"
    with writer_lock(stale.live.parent):
        said = say_staleness(stale, now=now)
        told = run(stale.path, "status").stdout
        as_json = json.loads(run(stale.path, "status", "--json").stdout)
    assert said is not None
    assert said.endswith(f"; process {os.getpid()} is writing, more is to come")
    assert f"process {os.getpid()}" in told
    assert as_json["writer_pid"] == os.getpid()
    assert as_json["published_age_s"] > 0
    assert as_json["snapshots_kept"] == []


def test_a_snapshot_copied_alone_is_as_old_as_its_file(home: Path, tmp_path: Path) -> None:
    """There is no manifest beside it."""
    alone = Home(tmp_path)
    assert say_staleness(alone, now=NOON) is None
    alone.data.mkdir()
    shutil.copyfile(Home(home).published, alone.published)
    os.utime(alone.published, (NOON.timestamp(), NOON.timestamp()))
    assert say_staleness(alone, now=NOON) == "as of 2026-11-22 12:00Z, 0 seconds ago"


@pytest.mark.parametrize("words", [("sql", "SELECT 42"), ("search", "ferry")])
def test_it_is_told_at_a_terminal_only_and_beside_the_answer(
    stale: Home, words: tuple[str, ...]
) -> None:
    """Stdout is the answer, for whoever reads it."""
    assert "as of" not in run(stale.path, *words).stderr
    ours, theirs = pty.openpty()
    with ends():
        ended = subprocess.run(
            [sys.executable, "-m", "etl.cli", "--home", str(stale.path), *words],
            stdout=subprocess.PIPE,
            stderr=theirs,
            check=True,
        )
    os.close(theirs)
    told = os.read(ours, 10_000).decode()
    os.close(ours)
    assert re.search(r"\(as of 2026-11-22 12:00Z, \d+ \w+ ago\)", told)
    assert b"as of" not in ended.stdout
