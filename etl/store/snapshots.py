"""The snapshots kept of those published before, and the one a new publication is written over.

Each lies under the time of its publication, with the digests of its blocks beside it. The oldest
differs from the writer's database in what runs changed since: written over in these blocks alone,
it is the newest. That is done only where nobody, in any process, can still be reading it.
"""

from __future__ import annotations

import fcntl
import os
import signal
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from etl.store.blocks import name_blocks

KEPT = 2
"""Snapshots kept unless it is said otherwise: the published one and the one before."""

KNOWS_ITS_READERS = frozenset({"ext2", "ext3", "ext4", "xfs", "f2fs", "tmpfs"})
"""File systems whose readers are all of this machine's kernel, which grants the lease.

Not FUSE and its like: there another machine, or the host of this one, may read what we write over.
"""


def folder_of(live: Path) -> Path:
    """Return where the snapshots of the warehouse at `live` are kept."""
    return live.with_name("snapshots")


def name_snapshot(*, published_at: str, sha256: str) -> str:
    """Return the name a snapshot is kept under: its time, UTC, and what tells it from others."""
    at = datetime.fromisoformat(published_at).astimezone(UTC)
    return f"{at:%Y-%m-%dT%H%M%SZ}-{sha256[:8]}"


def find_kept(folder: Path) -> tuple[Path, ...]:
    """Return the snapshots kept beside the published one, the oldest first."""
    return tuple(sorted(folder.glob("[0-9]*Z-*.duckdb")))


def keep_published(folder: Path, published: Path, name: str) -> None:
    """Keep what is published under a second name, its own once another is published.

    Where the file system knows no second names it is not kept.
    """
    folder.mkdir(exist_ok=True)
    with suppress(OSError):
        (folder / f"{name}.duckdb").hardlink_to(published)


def take_spare(folder: Path, fresh: Path, *, keep: int) -> bytes:
    """Make `fresh` of a snapshot kept no longer, and return the digests of its blocks.

    Returns:
        Empty, and there is no `fresh`, when there is none to spare, its digests are not known, or
        somebody may be reading it: then it is let go.
    """
    kept = find_kept(folder)
    # Once more is kept: what is published now.
    going = kept[: len(kept) - max(keep - 2, 0)]
    if not going:
        return b""
    for path in going[:-1]:
        _drop(path)
    spare = going[-1]
    digests = read_digests(spare)
    # From here on it is no snapshot. On disk too, before its first block is written over.
    _digests_path(spare).unlink(missing_ok=True)
    try:
        spare.replace(fresh)
    except OSError:
        spare.unlink()
        return b""
    sync_folder(folder)
    sync_folder(fresh.parent)
    if digests and _is_ours_alone(fresh):
        return digests
    fresh.unlink()
    return b""


def sweep(folder: Path, published: Path, *, name: str | None, keep: int) -> None:
    """Remove what is kept no longer and what a killed publication left.

    Args:
        folder: where snapshots are kept.
        published: what readers open.
        name: that of what is published, None when there is no telling.
        keep: snapshots kept, the published one among them.
    """
    kept = [path for path in find_kept(folder) if not _is_same(path, published)]
    staying = kept[max(len(kept) - (keep - 1), 0) :]
    names = {path.stem for path in staying} | {name}
    for path in find_kept(folder):
        if path not in staying:
            path.unlink()
    for path in folder.glob("*.blocks"):
        if path.stem not in names:
            path.unlink()


def write_digests(folder: Path, name: str, digests: bytes, *, of: Path) -> None:
    """Write the digests of the blocks of the file `of`, to be trusted until it is written to."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.blocks"
    path.write_bytes(digests)
    at = of.stat().st_mtime_ns
    os.utime(path, ns=(at, at))


def read_digests(snapshot: Path) -> bytes | None:
    """Return the digests of the blocks of a kept snapshot; None when they cannot be trusted.

    They bear the time of the snapshot's last change and are the ones its name was made of: who
    opens it with DuckDB to write changes the first, a torn write the second.
    """
    path = _digests_path(snapshot)
    try:
        digests = path.read_bytes()
        is_same_time = path.stat().st_mtime_ns == snapshot.stat().st_mtime_ns
    except OSError:
        return None
    is_named = snapshot.stem.endswith(f"-{name_blocks(digests)[:8]}")
    return digests if is_same_time and is_named else None


def sync_folder(folder: Path) -> None:
    """Return once the names in a folder are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digests_path(snapshot: Path) -> Path:
    return snapshot.with_suffix(".blocks")


def _drop(snapshot: Path) -> None:
    _digests_path(snapshot).unlink(missing_ok=True)
    snapshot.unlink()


def _is_same(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)


def _is_ours_alone(path: Path) -> bool:
    """Return whether no process has `path` open and no other name leads to it.

    A backup made of hard links (`cp -al`) is another name; a reader that opened it when it was
    the newest has it open. The kernel gives a lease for writing only where neither it nor any
    other process has the file open; we only ask, and give it back.
    """
    if not hasattr(fcntl, "F_SETLEASE") or _file_system_of(path) not in KNOWS_ITS_READERS:
        return False
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        # Should somebody open it just now the kernel tells us by a signal: one that is ignored
        # unless asked for, since the usual one, SIGIO, kills.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError:
        return False
    else:
        return os.fstat(handle).st_nlink == 1
    finally:
        os.close(handle)


def _file_system_of(path: Path) -> str | None:
    device = path.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8")
    except OSError:
        return None
    for line in mounts.splitlines():
        # "36 35 98:0 /root /mnt rw … - ext4 /dev/root rw" (proc(5)).
        if line.split()[2] == wanted:
            return line.partition(" - ")[2].split()[0]
    return None
