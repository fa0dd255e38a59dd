"""The published snapshot for a process that stays: opened once, and anew when there is a newer one.

DuckDB gives a process that has a file open the same one again for its name, whatever lies there
now: each snapshot is attached to a database of its own in memory. These are sealed: SQL from
outside reads and writes no file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

import duckdb

from etl.errors import ConfigError, WarehouseError
from etl.store.adhoc import Result, run_query
from etl.store.brake import Brake
from etl.store.connect import open_reader
from etl.store.migrate import explain_age
from etl.store.session import Seal, stamp
from etl.store.sql import Connection

READS = frozenset(
    # PIVOT makes a type first, of its columns' names.
    {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.CREATE}
)
"""Statements strangers may run: nothing that sets, attaches, loads or copies."""


def open_sealed(published: Path) -> Connection:
    """Open the snapshot, whatever of it this process has open, unable to touch any other file.

    Raises:
        WarehouseError: there is none, or it cannot be read.
    """
    if not published.exists():
        open_reader(published)  # says what to do
    con = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "temp_directory": f"{published}.tmp",
        }
    )
    try:
        name = str(published).replace("'", "''")
        con.execute(f"ATTACH '{name}' AS news (READ_ONLY)")
        con.execute("SET enable_external_access = false")
        _settle(con)
    except duckdb.Error as error:
        con.close()
        raise WarehouseError(f"cannot open {published}: {error}") from error
    return con


def _settle(con: Connection) -> None:
    con.execute("USE news")
    con.execute("SET TimeZone = 'UTC'")


class Shelf:
    """Lends connections to the newest snapshot, to any number of threads at once."""

    def __init__(self, published: Path) -> None:
        self._published = published
        self._lock = Lock()
        self._stamp: Seal | None = None
        self._con: Connection | None = None

    @contextmanager
    def lend(self, brake: Brake) -> Iterator[Connection]:
        """Lend a connection for our own questions.

        Raises:
            WarehouseError: there is no snapshot, it cannot be read, or it is too old for them.
            QueryStoppedError: the brake was pulled.
        """
        con = self._take()
        try:
            with brake.on(con):
                yield con
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            age = explain_age(con) or "`newshouse ingest` publishes it anew"
            raise WarehouseError(f"the warehouse cannot answer this: {age} ({error})") from error
        finally:
            con.close()

    def _take(self) -> Connection:
        with self._lock:
            found = stamp(self._published)
            if self._con is None or found not in {self._stamp, None}:
                newer = open_sealed(self._published)
                old, self._con, self._stamp = self._con, newer, found
                if old is not None:
                    # Those that have it lent keep it open.
                    old.close()
            con = self._con.cursor()
        _settle(con)
        return con

    @contextmanager
    def ask(self, text: str, brake: Brake) -> Iterator[Result]:
        """Run SQL that somebody typed, in a database nobody shares, and lend its result.

        Raises:
            ConfigError: it is wrong, or does more than read.
            QueryStoppedError: the brake was pulled.
        """
        con = open_sealed(self._published)
        try:
            with brake.on(con):
                _check_reads(text)
                yield run_query(con, text, {}, is_stopped=lambda: brake.is_pulled)
        finally:
            con.close()

    def close(self) -> None:
        """Let the snapshot go."""
        with self._lock, suppress(duckdb.Error):
            if self._con is not None:
                self._con.close()
            self._con = None


def _check_reads(text: str) -> None:
    try:
        statements = duckdb.extract_statements(text)
    except duckdb.Error as error:
        raise ConfigError(str(error).strip()) from error
    for statement in statements:
        if statement.type not in READS:
            raise ConfigError(f"only questions are answered here, no {statement.type.name}")
