"""Readers, writers, and what happens between them."""

from __future__ import annotations

import multiprocessing
import time
from datetime import timedelta
from pathlib import Path

import pytest

from etl.cli.progress import Lines
from etl.errors import ConfigError, WarehouseBusyError, WarehouseError
from etl.home import Home
from etl.store import blocks, publish
from etl.store.connect import open_reader, writer_lock
from etl.store.publish import (
    digest_database,
    is_ahead,
    is_named,
    manifest_path,
    read_manifest,
    read_manifests,
    settle_publication,
)
from etl.store.writer import Warehouse
from etl.verification import Checked, verify
from tests.store.desk import NOON, Desk, Paper, entry, story
from tests.store.processes import hold_lock, read_until

URL = "https://harbour.test/a"
SPAWN = multiprocessing.get_context("spawn")
PUBLICATIONS = 20


def published(desk: Desk) -> Path:
    """Return the file people read."""
    return desk.data / "news.duckdb"


def live(desk: Desk) -> Path:
    """Return the writer's file."""
    return desk.data / "warehouse" / "live.duckdb"


def test_a_reader_sees_nothing_of_a_run_until_it_is_published(desk: Desk) -> None:
    """And everything after."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})
    with open_reader(published(desk)) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    desk.store.publish()
    with open_reader(published(desk)) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_a_reader_that_holds_the_old_snapshot_keeps_it(desk: Desk) -> None:
    """A query that began before a publication ends on what it began on."""
    with open_reader(published(desk)) as con:
        desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))}, publish=True)
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_readers_never_fail_while_snapshots_are_published(desk: Desk) -> None:
    """Another process opens and queries the file while it is replaced twenty times."""
    stop, ready = SPAWN.Event(), SPAWN.Event()
    answers = SPAWN.SimpleQueue()
    reader = SPAWN.Process(target=read_until, args=(published(desk), stop, ready, answers.put))
    reader.start()
    assert ready.wait(90)
    for _ in range(PUBLICATIONS):
        desk.begin()
        desk.finish()
        desk.store.publish()
        time.sleep(0.01)
    stop.set()
    reader.join(90)
    answer = answers.get()
    assert isinstance(answer, int), answer
    assert answer > 1


def test_a_second_writer_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    """Two runs never overlap."""
    held, stop = SPAWN.Event(), SPAWN.Event()
    other = SPAWN.Process(target=hold_lock, args=(tmp_path / "warehouse", held, stop))
    other.start()
    assert held.wait(90)
    with (
        pytest.raises(WarehouseBusyError, match=f"process {other.pid}"),
        writer_lock(tmp_path / "warehouse"),
    ):
        pass
    stop.set()
    other.join(90)
    with writer_lock(tmp_path / "warehouse"):
        assert (tmp_path / "warehouse" / "writer.json").exists()


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    """The kernel drops it with the process."""
    held, stop = SPAWN.Event(), SPAWN.Event()
    other = SPAWN.Process(target=hold_lock, args=(tmp_path / "warehouse", held, stop))
    other.start()
    assert held.wait(90)
    other.kill()
    other.join(90)
    with writer_lock(tmp_path / "warehouse"):
        pass


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The user is told what to do."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError, match="--home"), writer_lock(tmp_path / "file" / "warehouse"):
        pass


def test_no_warehouse_is_said_in_a_sentence(tmp_path: Path) -> None:
    """And what makes one."""
    with pytest.raises(WarehouseError, match="newshouse init"):
        open_reader(tmp_path / "news.duckdb")


def test_the_manifest_names_the_bytes_of_both_files(desk: Desk) -> None:
    """Opening and closing the writer's file does not change it."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))}, publish=True)
    desk.store.close()
    desk.reopen()
    desk.store.close()
    manifest = read_manifest(live(desk))
    assert manifest is not None
    assert manifest.sha256 == digest_database(live(desk)) == digest_database(published(desk))
    assert live(desk).read_bytes() == published(desk).read_bytes()


def test_the_writer_is_ahead_from_the_beginning_of_a_run_to_its_publication(desk: Desk) -> None:
    """So a difference between the files is known to be ours."""
    assert not is_ahead(live(desk))
    desk.begin()
    assert is_ahead(live(desk))
    desk.finish(is_failed=True)
    desk.reopen()
    assert is_ahead(live(desk))
    desk.store.publish()
    assert not is_ahead(live(desk))


@pytest.mark.parametrize("killed_before", ["the snapshot is named", "the manifest is named"])
def test_killed_while_publishing_the_manifest_still_names_what_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, killed_before: str
) -> None:
    """One of two manifests is true in between, and the next writer settles which."""
    desk.begin()
    desk.finish()
    replace, named = Path.replace, []

    def stop_at(path: Path, target: Path) -> Path:
        named.append(target)
        last = published(desk) if "snapshot" in killed_before else manifest_path(live(desk))
        if target == last:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stop_at)
        with pytest.raises(KeyboardInterrupt):
            publish.publish_snapshot(live(desk), published(desk), now=NOON)
    assert is_named(published(desk), read_manifests(live(desk)))
    settle_publication(live(desk), published(desk))
    manifest = read_manifest(live(desk))
    assert manifest is not None
    assert manifest.sha256 == digest_database(published(desk))
    assert len(read_manifests(live(desk))) == 1


def find_damage(home: Home) -> list[Checked]:
    """Return the checks of `verify --deep` that found anything."""
    return [check for check in verify(home, deep=True, tell=Lines()) if check.findings]


def test_a_run_that_lasts_is_due_to_publish_now_and_then(tmp_path: Path) -> None:
    """Counted from its beginning, then from its last publication; never where that is not set."""
    desk = Desk(tmp_path / "data")
    desk.now += timedelta(days=1)
    assert not desk.store.is_publication_due()
    desk.store.close()
    desk.store = Warehouse(desk.data, clock=lambda: desk.now, publish_every=timedelta(minutes=5))
    for _ in range(2):
        desk.now += timedelta(minutes=4, seconds=59)
        assert not desk.store.is_publication_due()
        desk.now += timedelta(seconds=1)
        assert desk.store.is_publication_due()
        desk.store.publish()
        assert not desk.store.is_publication_due()
    desk.store.close()


def test_what_is_published_in_the_midst_of_a_run_is_sound_and_so_is_what_follows(
    tmp_path: Path,
) -> None:
    """The run shows as running; cut short right after, or a batch later, nothing is damaged."""
    desk = Desk(tmp_path / "data")
    pages = {f"https://harbour.test/{name}": Paper(story(name)) for name in "abcd"}
    desk.begin()
    desk.load_feeds(*(entry(name) for name in "abcd"))
    works = desk.take_up()
    desk.load_pages(works[:2], pages)
    desk.store.publish()
    with open_reader(published(desk)) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        assert con.execute("SELECT state FROM runs").fetchall() == [("running",)]
    desk.store.close()
    assert not is_ahead(live(desk))
    assert find_damage(Home(tmp_path)) == []
    desk.store = Warehouse(desk.data, clock=lambda: desk.now)
    desk.load_pages(works[2:3], pages)
    desk.store.close()
    assert is_ahead(live(desk))
    assert find_damage(Home(tmp_path)) == []


def test_a_disk_that_is_full_while_publishing_ends_in_a_sentence_and_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer's database is open again, and the next publication has it all."""
    desk.ingest(entry("a"), pages={URL: Paper(story("ferry"))})

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(blocks, "_write", refuse)
        with pytest.raises(WarehouseError, match="No space left on device"):
            desk.store.publish()
    desk.store.publish()
    with open_reader(published(desk)) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (1,)
