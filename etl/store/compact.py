"""Writing a database anew, so that what was deleted takes no room."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from etl.errors import IntegrityError
from etl.store.connect import STORAGE_VERSION
from etl.store.content import hash_content
from etl.store.schema import dump_schema
from etl.store.sql import Connection, fetch_rows, run_script


def rewrite_database(live: Path) -> int:
    """Copy a closed database into a new file, put it in its place, and return the bytes saved.

    The caller holds the writer's lock, and has written everything to the file (CHECKPOINT, close).
    Killed at any moment, the old or the new file lies under the name, whole; what is left beside
    it is written over by the next.

    Raises:
        IntegrityError: the copy does not say what the database says; nothing was changed.
    """
    fresh = live.with_name(f".{live.name}.new")
    fresh.unlink(missing_ok=True)
    _copy(live, fresh)
    before, after = live.stat().st_size, fresh.stat().st_size
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    live.with_name(f"{live.name}.wal").unlink(missing_ok=True)
    fresh.replace(live)
    _sync_folder(live.parent)
    return before - after


def _copy(live: Path, fresh: Path) -> None:
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(f"ATTACH {_quoted(live)} AS old (READ_ONLY)")
        con.execute(f"ATTACH {_quoted(fresh)} AS new (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("COPY FROM DATABASE old TO new")
        con.execute("CHECKPOINT new")
        said = [_describe(con, name) for name in ("old", "new")]
    if said[0] != said[1]:
        fresh.unlink()
        raise IntegrityError(f"a copy of {live} does not say what it says; it was left as it is")


def _describe(con: Connection, name: str) -> tuple[object, ...]:
    con.execute(f"USE {name}")
    counts = tuple(
        (table, con.execute(f"SELECT count(*) FROM {table}").fetchone())  # noqa: S608 - a name of ours
        for table in _tables(con)
    )
    return dump_schema(con), counts, hash_content(con)


def _tables(con: Connection) -> list[str]:
    return sorted(
        f"{row['schema_name']}.{row['relation']}"
        for row in {
            (row["schema_name"], row["relation"]): row
            for row in fetch_rows(con, "list_columns")
            if row["kind"] == "table"
        }.values()
    )


def measure_database(con: Connection) -> tuple[int, int]:
    """Return the bytes of the open database's file, and how many of them are free."""
    row = run_script(con, "measure_database").fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
