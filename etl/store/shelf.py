"""The published snapshot for a process that stays: opened once, and anew when there is a newer one.

DuckDB gives a process that has a file open the same one again for its name, whatever lies there
now: each snapshot is attached to a database of its own in memory. These are sealed: SQL from
outside reads and writes no file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

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


Known = TypeVar("Known")


@dataclass(slots=True)
class _Opened:
    """A snapshot that is open, and how many have it lent."""

    con: Connection
    stamp: Seal | None
    lent: int = 0
    known: dict[str, Any] = field(default_factory=dict)


class Shelf:
    """Lends connections to the newest snapshot, to any number of threads at once."""

    def __init__(self, published: Path) -> None:
        self._published = published
        self._lock = Lock()
        self._newest: _Opened | None = None
        self._lent: dict[int, _Opened] = {}

    @contextmanager
    def lend(self, brake: Brake) -> Iterator[Connection]:
        """Lend a connection for our own questions.

        Raises:
            WarehouseError: there is no snapshot, it cannot be read, or it is too old for them.
            QueryStoppedError: the brake was pulled.
        """
        opened, con = self._take()
        try:
            with brake.on(con):
                yield con
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            age = explain_age(con) or "`newshouse ingest` publishes it anew"
            raise WarehouseError(f"the warehouse cannot answer this: {age} ({error})") from error
        finally:
            self._give_back(opened, con)

    def recall(self, con: Connection, name: str, find: Callable[[Connection], Known]) -> Known:
        """Return what `find` finds in the snapshot that `con` was lent of; it is asked once."""
        with self._lock:
            known = self._lent[id(con)].known
        if name not in known:
            known[name] = find(con)
        found: Known = known[name]
        return found

    def _take(self) -> tuple[_Opened, Connection]:
        with self._lock:
            found, opened = stamp(self._published), self._newest
            if opened is None or found not in {opened.stamp, None}:
                newer = _Opened(open_sealed(self._published), found)
                self._newest = newer
                # Closing it closes what is lent of it too: whoever gives back the last does.
                if opened is not None and not opened.lent:
                    opened.con.close()
                opened = newer
            opened.lent += 1
            con = opened.con.cursor()
            self._lent[id(con)] = opened
        _settle(con)
        return opened, con

    def _give_back(self, opened: _Opened, con: Connection) -> None:
        with self._lock:
            del self._lent[id(con)]
            con.close()
            opened.lent -= 1
            if opened is not self._newest and not opened.lent:
                opened.con.close()

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
        """Let the snapshot go, once nobody has it lent."""
        with self._lock:
            opened, self._newest = self._newest, None
            if opened is not None and not opened.lent:
                opened.con.close()


def _check_reads(text: str) -> None:
    try:
        statements = duckdb.extract_statements(text)
    except duckdb.Error as error:
        raise ConfigError(str(error).strip()) from error
    for statement in statements:
        if statement.type not in READS:
            raise ConfigError(f"only questions are answered here, no {statement.type.name}")
