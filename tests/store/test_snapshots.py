"""Snapshots written over in place: only in what changed, and only where nobody reads."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from etl.store import snapshots
from etl.store.blocks import BLOCK_BYTES, HEADER_BYTES, copy_blocks, digest_blocks
from etl.store.publish import (
    WHOLE,
    digest_file,
    is_named,
    manifest_path,
    publish_snapshot,
    read_manifest,
    settle_publication,
)
from etl.store.snapshots import find_kept, folder_of
from tests.store.desk import NOON
from tests.store.publishers import Office, publish_and_die

SPAWN = multiprocessing.get_context("spawn")
SIZES = st.sampled_from([0, 1, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 1, 3 * BLOCK_BYTES])


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A writer's database of its own, published as often as is wanted."""
    return Office(tmp_path)


@given(
    edits=st.lists(
        st.tuples(
            st.sampled_from(["insert", "delete", "update", "drop", "nothing"]),
            st.integers(0, 60_000),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ),
    keep=st.integers(1, 4),
)
@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
def test_whatever_was_edited_readers_get_it_byte_by_byte_and_old_readers_keep_theirs(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, int, bool]], keep: int
) -> None:
    """After any edits and publications, some snapshots of which are still being read."""
    office = Office(tmp_path_factory.mktemp("office"), keep=keep)
    with ExitStack() as reading:
        asked: list[tuple[duckdb.DuckDBPyConnection, list[tuple]]] = []
        held = []
        for kind, size, is_read in edits:
            office.edit(kind, size)
            office.publish()
            assert office.published.read_bytes() == office.live.read_bytes()
            assert len(office.kept()) <= keep - 1
            if is_read:
                file = reading.enter_context(office.published.open("rb"))
                held.append((file, office.live.read_bytes()))
            if is_read and not asked:
                con = reading.enter_context(duckdb.connect(office.published, read_only=True))
                asked.append((con, office.ask(office.live)))
        for file, content in held:
            assert file.read() == content
        for con, answer in asked:
            assert con.execute(office.QUESTION).fetchall() == answer
    # Not before: who has an older one open in this process gets that from DuckDB by this name.
    assert office.ask(office.published) == office.ask(office.live)


@given(old=SIZES, new=SIZES, flips=st.lists(st.integers(0, 3 * BLOCK_BYTES), max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_file_becomes_any_other_by_its_blocks(
    tmp_path: Path, old: int, new: int, flips: list[int]
) -> None:
    """Longer, shorter, empty, changed anywhere."""
    source, target = tmp_path / "source", tmp_path / "target"
    target.write_bytes(b"a" * old)
    content = bytearray(b"a" * new)
    for at in flips:
        if at < new:
            content[at] ^= 1
    source.write_bytes(content)
    assert copy_blocks(source, target, known=digest_blocks(target)) == digest_blocks(source)
    assert target.read_bytes() == content


def test_only_blocks_that_changed_are_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row added to a large table is no reason to write the table."""
    office.edit("insert", 200_000)
    for _ in range(3):
        office.publish()
    written: list[int] = []
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda *a: written.append(pwrite(*a)) or written[-1])
    office.edit("insert", 1)
    office.publish()
    assert 0 < sum(written) < office.live.stat().st_size / 2
    assert office.published.read_bytes() == office.live.read_bytes()


@pytest.mark.parametrize("keep", [1, 2, 4])
def test_as_many_snapshots_are_kept_as_is_wanted_and_each_opens(tmp_path: Path, keep: int) -> None:
    """The newest ones, under their times, each as it was published."""
    office, states = Office(tmp_path, keep=keep), []
    for _ in range(5):
        office.edit("insert", 100)
        office.publish()
        states.append(office.ask(office.published))
    assert [office.ask(path) for path in office.kept()] == states[5 - keep : 4]
    assert len(office.inodes()) == keep
    for path in office.kept():
        assert path.stem.startswith("2026-11-22T")


def test_fewer_are_kept_when_fewer_are_wanted(office: Office) -> None:
    """At once, when the next snapshot is published."""
    office.keep = 4
    for keep in (4, 4, 4, 4, 2):
        office.keep = keep
        office.edit("insert", 10)
        office.publish()
    assert len(office.kept()) == 1


def read_by_duckdb(path: Path, stack: ExitStack) -> None:
    """Read it as another process of this machine does; here: the same one."""
    stack.enter_context(duckdb.connect(path, read_only=True)).execute(Office.QUESTION)


def read_by_copying(path: Path, stack: ExitStack) -> None:
    """Read it as `cp` or a backup does, half-way."""
    stack.enter_context(path.open("rb")).read(10)


def link_as_a_backup(path: Path, stack: ExitStack) -> None:
    """Give it a second name, as backups made of hard links do."""
    (path.parent.parent / "backup.duckdb").hardlink_to(path)
    stack.callback(lambda: None)


@pytest.mark.parametrize("use", [read_by_duckdb, read_by_copying, link_as_a_backup])
@pytest.mark.parametrize("which", ["published", "kept"])
def test_what_somebody_still_has_is_never_written_over(
    office: Office, use: Callable[[Path, ExitStack], None], which: str
) -> None:
    """A reader, a copy, a backup: each ends with what it began with."""
    for _ in range(2):
        office.edit("insert", 50_000)
        office.publish()
    path = office.published if which == "published" else office.kept()[0]
    before = path.read_bytes()
    with path.open("rb") as witness, ExitStack() as stack:
        use(path, stack)
        for _ in range(4):
            office.edit("update", 100)
            office.publish()
            assert office.published.read_bytes() == office.live.read_bytes()
        witness.seek(0)
        assert witness.read() == before
    backup = office.data / "warehouse" / "backup.duckdb"
    if use is link_as_a_backup and which == "kept":
        assert backup.read_bytes() == before


def test_another_processs_reader_is_seen_too(office: Office) -> None:
    """The kernel knows all who have a file open."""
    office.edit("insert", 10)
    office.publish()
    ours, theirs = SPAWN.Pipe()
    reader = SPAWN.Process(target=hold_open, args=(office.published, theirs))
    reader.start()
    assert ours.recv() == "open"
    assert not snapshots._is_ours_alone(office.published)
    ours.send("close")
    reader.join(90)
    if os.uname().sysname == "Linux" and snapshots._file_system_of(office.published) in (
        snapshots.KNOWS_ITS_READERS
    ):
        assert snapshots._is_ours_alone(office.published)


def hold_open(path: Path, pipe: object) -> None:
    """Have a database open until told otherwise."""
    con = duckdb.connect(path, read_only=True)
    pipe.send("open")
    pipe.recv()
    con.close()


def test_a_file_system_that_may_hide_readers_gets_whole_copies(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine could be reading; and so it is where there are no leases."""
    monkeypatch.setattr(snapshots, "_file_system_of", lambda _: "fuse.sshfs")
    seen = set()
    for _ in range(4):
        office.edit("insert", 10)
        office.publish()
        seen.add(office.published.stat().st_ino)
        assert office.published.read_bytes() == office.live.read_bytes()
    assert len(office.kept()) == 1


def test_a_kept_snapshot_that_somebody_wrote_to_is_not_trusted(office: Office) -> None:
    """Nor one whose digests are torn or gone."""
    spoilers: Iterator[Callable[[Path], object]] = itertools.cycle(
        [
            change,
            lambda path: path.with_suffix(".blocks").write_bytes(b"torn"),
            lambda path: path.with_suffix(".blocks").unlink(),
        ]
    )
    for _ in range(8):
        office.edit("insert", 5000)
        office.publish()
        assert office.published.read_bytes() == office.live.read_bytes()
        for path in office.kept():
            next(spoilers)(path)


def change(path: Path) -> None:
    """Change a database as somebody does who opens it to write."""
    with duckdb.connect(path) as con:
        con.execute("UPDATE t SET name = 'x'")


def test_a_damaged_published_file_is_put_right_by_publishing(office: Office) -> None:
    """Its bytes are kept as the snapshot before, and written over whole later."""
    for _ in range(4):
        office.edit("insert", 5000)
        office.publish()
        assert office.published.read_bytes() == office.live.read_bytes()
        change(office.published)


def test_a_manifest_of_an_older_newshouse_is_understood(office: Office) -> None:
    """Its digest is of the whole file, and the next publication replaces it."""
    office.edit("insert", 10)
    office.publish()
    manifest_path(office.live).write_text(
        f'{{"sha256": "{digest_file(office.published)}", "file_bytes": 1, '
        f'"published_at": "{NOON.isoformat()}"}}'
    )
    old = read_manifest(office.live)
    assert old is not None
    assert old.form == WHOLE
    assert is_named(office.published, [old])
    change(office.published)
    assert not is_named(office.published, [old])
    office.publish()
    new = read_manifest(office.live)
    assert new is not None
    assert new.form != WHOLE
    assert is_named(office.published, [new])


STEPS = (
    *(f"before {step}" for step in ("unlink .blocks", "replace .new", "hardlink_to .duckdb")),
    "after replace .new", "before replace .duckdb", "after replace .duckdb",
    "after hardlink_to .duckdb", "before replace published.json", "after replace published.json",
    "before unlink unpublished", "before _write", "after _write", "before ftruncate",
    "before fsync", "before write_digests", "after write_digests", "before sweep",
)  # fmt: skip


@pytest.mark.parametrize(
    ("step", "nth"), [*((step, 1) for step in STEPS), ("after _write", 2), ("before fsync", 2)]
)
def test_killed_anywhere_readers_have_a_whole_snapshot_and_the_next_run_cleans_up(
    tmp_path: Path, step: str, nth: int
) -> None:
    """SIGKILL in a process of its own: nothing is lost, left over, or wrongly trusted."""
    office = Office(tmp_path)
    for _ in range(3):
        office.edit("insert", 20_000)
        office.publish()
    old = office.published.read_bytes()
    office.edit("insert", 20_000)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.publishers"])
    process = context.Process(target=publish_and_die, args=(office, step, nth))
    process.start()
    process.join(90)
    assert process.exitcode == -9
    assert office.published.read_bytes() in {old, office.live.read_bytes()}
    for path in (office.published, *office.kept()):
        assert office.ask(path)
    settle_publication(office.live, office.published)
    manifest = read_manifest(office.live)
    assert manifest is not None
    assert is_named(office.published, [manifest])
    office.publish()
    assert office.published.read_bytes() == office.live.read_bytes()
    assert office.litter() == []
    assert len(office.inodes()) == 2
    office.edit("insert", 10)
    office.publish()
    assert office.published.read_bytes() == office.live.read_bytes()


def test_snapshots_on_another_disk_are_not_kept_but_published_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second name cannot reach from one file system to another."""

    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    for _ in range(3):
        office.edit("insert", 10)
        office.publish()
        assert office.published.read_bytes() == office.live.read_bytes()
    assert office.kept() == ()


def test_a_home_restored_with_other_times_is_published_whole(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A backup that loses the times of files loses what is known of their blocks, and no more."""
    for _ in range(3):
        office.edit("insert", 100)
        office.publish()
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(office.data, copy, dirs_exist_ok=True, copy_function=shutil.copyfile)
    other = Office(copy)
    other.now = office.now + timedelta(days=1)
    other.edit("insert", 100)
    other.publish()
    assert other.published.read_bytes() == other.live.read_bytes()
    assert len(find_kept(folder_of(other.live))) == 1


def test_publishing_in_one_second_keeps_what_it_can(office: Office) -> None:
    """A clock that stands still makes no two snapshots of one name lose either."""
    for _ in range(3):
        office.edit("insert", 100)
        publish_snapshot(office.live, office.published, now=NOON)
        publish_snapshot(office.live, office.published, now=NOON)
        assert office.published.read_bytes() == office.live.read_bytes()
    assert len(office.kept()) <= 1
