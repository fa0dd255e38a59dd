"""Opening the warehouse: one writer under a lock of our own, any number of readers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.errors import ConfigError, WarehouseBusyError, WarehouseError
from etl.store.sql import Connection, fetch_rows

STORAGE_VERSION = "v1.5.0"
"""The file format written: 1.5's default stores text 2.2 times larger; 1.5 and 2.0 both read it."""

CHECKPOINT_AT = "256MB"
"""How large the log grows before a checkpoint writes it into the file.

A checkpoint writes the last row group of each table anew while it is not full, up to 120,000 texts:
after every 16 MB, DuckDB's default, that cost more than all else of a load. A log of this size is
replayed in seconds after a kill.
"""


SMALL_ROW_GROUPS = 64
"""Row groups of one run each that may lie in a table: reading 64 small ones costs milliseconds."""

JOINED_AT_ONCE = 100
"""Joints of row groups a checkpoint makes at most: DuckDB's default."""


@contextmanager
def one_thread(con: Connection) -> Iterator[None]:
    """Let DuckDB work in one thread in this block: at a commit, or a checkpoint.

    A checkpoint gives each row group to a thread, and mostly one of each table has changed, with up
    to 120,000 texts: the other threads spin until it is written, which cost as much CPU again
    (13 s for 50,000 articles instead of 6, DuckDB 1.5.5), and took no less time.
    """
    (threads,) = con.execute("SELECT current_setting('threads')").fetchone() or (1,)
    con.execute("SET threads = 1")
    try:
        yield
    finally:
        # After a fatal error DuckDB takes no more settings; that error is the one to be told.
        with suppress(duckdb.Error):
            con.execute(f"SET threads = {int(threads)}")


@contextmanager
def writer_lock(folder: Path, *, wait_s: float = 0) -> Iterator[None]:
    """Hold the writer's lock of the warehouse in `folder`, after `wait_s` at most (-1 = for ever).

    A lock file of our own, because DuckDB's is lost as soon as this process opens and closes the
    database file for another reason, such as copying it. The kernel drops it when we are killed.

    Raises:
        WarehouseBusyError: another process holds it; the text says which.
        ConfigError: `folder` cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "writer.lock", timeout=wait_s)
        lock.acquire()
    except Timeout as error:
        raise WarehouseBusyError(_who_writes(folder)) from error
    except OSError as error:
        raise ConfigError(
            f"cannot write to {folder}: {error.strerror}; "
            "give newshouse a home you may write to (--home DIR)"
        ) from error
    holder = folder / "writer.json"
    try:
        holder.write_text(json.dumps({"pid": os.getpid()}), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who_writes(folder: Path) -> str:
    try:
        pid = json.loads((folder / "writer.json").read_text("utf-8"))["pid"]
    except (OSError, ValueError, KeyError):
        pid = "unknown"
    return (
        f"another newshouse is writing to this warehouse (process {pid}); "
        "wait for it to finish, or stop it, then run again"
    )


def open_writer(path: Path) -> Connection:
    """Open the writer's database file, made if missing; the caller holds the lock.

    Raises:
        WarehouseError: the file is no database, or is damaged.
    """
    try:
        con = duckdb.connect(
            str(path),
            config={
                "storage_compatibility_version": STORAGE_VERSION,
                "autoinstall_known_extensions": "false",
                "checkpoint_threshold": CHECKPOINT_AT,
            },
        )
    except duckdb.Error as error:
        raise WarehouseError(f"cannot open {path}: {error}") from error
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET preserve_insertion_order = true")
    _join_row_groups(con, most=0)
    return con


def checkpoint(con: Connection) -> None:
    """Write all there is into the file, so that nothing is left in a log beside it.

    Row groups that are not full are joined only when there are many: joining some 100,000 articles
    writes their texts anew, which took ten seconds, twice as long as loading 5,000.
    """
    (lie,) = fetch_rows(con, "count_row_groups")
    is_scattered = lie["row_groups"] > 2 * lie["fewest"] + SMALL_ROW_GROUPS
    _join_row_groups(con, most=JOINED_AT_ONCE if is_scattered else 0)
    with one_thread(con):
        con.execute("CHECKPOINT")
    _join_row_groups(con, most=0)


def _join_row_groups(con: Connection, *, most: int) -> None:
    con.execute(f"SET max_vacuum_tasks = {most}")


def open_reader(path: Path) -> Connection:
    """Open a published snapshot read-only.

    Raises:
        WarehouseError: there is none, or it cannot be read.
    """
    if not path.exists():
        raise WarehouseError(
            f"there is no warehouse at {path}; make a home with `newshouse init`, "
            "then run `newshouse ingest`"
        )
    try:
        con = duckdb.connect(
            str(path), read_only=True, config={"autoinstall_known_extensions": "false"}
        )
    except duckdb.Error as error:
        raise WarehouseError(f"cannot open {path}: {error}") from error
    con.execute("SET TimeZone = 'UTC'")
    return con
