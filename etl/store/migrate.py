"""Forward-only migrations; views and macros are made anew after each."""

from __future__ import annotations

import hashlib
from datetime import datetime

import duckdb

from etl.errors import MigrationError
from etl.store.sql import Connection, list_sql, read_sql, run_script

ALSO_APPLIED = {
    "0003_warehouse": "a03f55f5cd0f056225a6eae7fa7ffae467bb6d85fbd2a5bbea9c585b26407ed2",
}
"""Digests of other texts of a migration that were on main for a day: 0004 evens them out."""

VIEWS = "views and macros"
"""The ledger's row for them: its digest says which texts they were last made of."""


def migrate(con: Connection, *, now: datetime) -> tuple[str, ...]:
    """Bring the warehouse to this version and return what was applied: nothing changes nothing.

    A warehouse at this version is not written to, so its file keeps the bytes it was published
    with. Each migration and its ledger row commit together, so an interrupted one leaves no trace,
    and so do all views and macros: what was not committed is done at the next opening.

    Raises:
        MigrationError: a migration failed, was edited after it was applied, or is from a newer
            newshouse than this one.
    """
    known = {name: _sha256(name) for name in list_sql("migrations")}
    if not _has_ledger(con):
        run_script(con, "open_ledger")
    applied: dict[str, str] = dict(
        con.execute("SELECT name, sha256 FROM ops.migrations ORDER BY name").fetchall()
    )
    views_were = applied.pop(VIEWS, None)
    _refuse_strangers(applied, known)
    fresh = tuple(name for name in known if name not in applied)
    for name in fresh:
        _apply(con, name, known[name], now=now)
    views_are = _digest_views()
    if not fresh and views_were == views_are:
        return ()
    _remake_views(con, views_are, now=now)
    return (*fresh, VIEWS)


def _has_ledger(con: Connection) -> bool:
    found = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ops' "
        "AND table_name = 'migrations' AND database_name = current_database()"
    ).fetchone()
    return found is not None and found[0] > 0


def _digest_views() -> str:
    texts = [read_sql(room, name) for room in ("views", "macros") for name in list_sql(room)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _sha256(name: str) -> str:
    return hashlib.sha256(read_sql("migrations", name).encode()).hexdigest()


def _refuse_strangers(applied: dict[str, str], known: dict[str, str]) -> None:
    for name, digest in applied.items():
        if name not in known:
            raise MigrationError(
                f"this warehouse was made by a newer newshouse (it has migration {name}); "
                "upgrade newshouse to open it"
            )
        if digest not in {known[name], ALSO_APPLIED.get(name)}:
            raise MigrationError(
                f"migration {name} was edited after it was applied; "
                "restore the file and write a new migration instead"
            )


def _apply(con: Connection, name: str, digest: str, *, now: datetime) -> None:
    con.execute("BEGIN")
    try:
        con.execute(read_sql("migrations", name))
        con.execute("INSERT INTO ops.migrations VALUES (?, ?, ?)", [name, digest, now])
        con.execute("COMMIT")
    except duckdb.Error as error:
        con.execute("ROLLBACK")
        raise MigrationError(f"migration {name} failed and was undone: {error}") from error


def _remake_views(con: Connection, digest: str, *, now: datetime) -> None:
    con.execute("BEGIN")
    try:
        for room in ("views", "macros"):
            for name in list_sql(room):
                con.execute(read_sql(room, name))
        con.execute("DELETE FROM ops.migrations WHERE name = ?", [VIEWS])
        con.execute("INSERT INTO ops.migrations VALUES (?, ?, ?)", [VIEWS, digest, now])
        con.execute("COMMIT")
    except duckdb.Error as error:
        con.execute("ROLLBACK")
        raise MigrationError(f"the views could not be made anew: {error}") from error


def explain_age(con: Connection) -> str | None:
    """Return in words that another version of newshouse made a warehouse; None = this one did.

    What it lacks, readers of an older snapshot are told instead of which table is missing.
    """
    try:
        rows = con.execute("SELECT name FROM ops.migrations").fetchall()
    except duckdb.Error:
        return None  # no warehouse of ours
    applied = {name for (name,) in rows} - {VIEWS}
    known = set(list_sql("migrations"))
    if newer := sorted(applied - known):
        return f"a newer newshouse made it (it has {newer[-1]}); upgrade this one to read all of it"
    if older := sorted(known - applied):
        return (
            f"an older newshouse made it (it lacks {older[0]}); "
            "`newshouse ingest` brings it up to date"
        )
    return None
