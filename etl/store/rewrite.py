"""The writer's database written anew, so that nothing deleted is left in its free blocks.

DuckDB marks the blocks of deleted rows as free and writes over them when it needs room: until then
their bytes can be read out of the file. So the rows that are left go into a new file, which takes
the place of the old one. It is made by the migrations as any warehouse is, so comments, views,
macros and the ledger are those of a warehouse of this version. A mark on disk says that it is still
to be done: set before anything is deleted, taken away when what was published has none of it.
"""

# ruff: noqa: S608 - table names come from the catalogue of the warehouse itself

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from etl.errors import IntegrityError
from etl.store.connect import open_writer
from etl.store.migrate import migrate
from etl.store.snapshots import sync_folder
from etl.store.sql import Connection, fetch_rows, run_script

OURS = frozenset({
    "published.json", "publishing.json", "unpublished", "forgetting", "writer.json", "writer.lock",
})  # fmt: skip
"""What lies beside the writer's database and holds no news."""


def mark_forgetting(live: Path) -> None:
    """Record, on disk, that files hold what was forgotten, or are about to."""
    _mark_path(live).touch()
    sync_folder(live.parent)


def unmark_forgetting(live: Path) -> None:
    """Record that no file does."""
    _mark_path(live).unlink(missing_ok=True)
    sync_folder(live.parent)


def is_forgetting(live: Path) -> bool:
    """Return whether files may still hold what was forgotten."""
    return _mark_path(live).exists()


def rewrite_live(live: Path, *, now: datetime) -> int:
    """Write the closed database `live` anew, put that in its place, and return the bytes saved.

    Killed, it is as it was.

    Raises:
        IntegrityError: the copy has not the rows the database has; nothing was changed.
    """
    fresh = live.with_name(f".{live.name}.rewritten")
    _remove(fresh)
    con = open_writer(fresh)
    try:
        migrate(con, now=now)
        # ATTACH takes no parameters; the path is the home the user chose, quoted.
        con.execute("ATTACH '" + str(live).replace("'", "''") + "' AS old (READ_ONLY)")
        here = con.execute("SELECT current_database()").fetchone()
        assert here is not None
        for row in fetch_rows(con, "list_tables", here=here[0], there="old"):
            con.execute(f"DELETE FROM {row['name']}")  # the ledger of just now
            con.execute(f"INSERT INTO {row['name']} BY NAME FROM old.{row['name']}")
            _compare_counts(con, row["name"], f"old.{row['name']}")
        con.execute("DETACH old")
        con.execute("CHECKPOINT")
    finally:
        con.close()
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    saved = live.stat().st_size - fresh.stat().st_size
    fresh.replace(live)
    sync_folder(live.parent)
    return saved


def _compare_counts(con: Connection, name: str, old: str) -> None:
    here, there = (con.execute(f"SELECT count(*) FROM {at}").fetchone() for at in (name, old))
    if here != there:
        raise IntegrityError(f"a copy of {name} has {here} rows, not {there}; it was thrown away")


def remove_copies(live: Path, published: Path, staging: Path) -> None:
    """Remove every file that may hold what was forgotten, but the database and what is published.

    Kept snapshots, spares, staged batches, logs, and what anyone laid beside the database: that
    folder is the writer's own.
    """
    shutil.rmtree(staging, ignore_errors=True)
    for path in live.parent.iterdir():
        if path != live and path.name not in OURS:
            _remove(path)
    for pattern in (f".{published.name}*", f"{published.name}.wal", f"{published.name}.tmp"):
        for path in published.parent.glob(pattern):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _mark_path(live: Path) -> Path:
    return live.with_name("forgetting")


def measure_database(con: Connection) -> tuple[int, int]:
    """Return the bytes of the open database's file, and how many of them are free."""
    row = run_script(con, "measure_database").fetchone()
    assert row is not None
    return int(row[0]), int(row[1])
