"""A session on the published snapshot that goes on with the newer one when there is one."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

import duckdb

from etl.errors import WarehouseError
from etl.store.adhoc import Result, run_query
from etl.store.brake import Brake
from etl.store.connect import open_reader
from etl.store.read import Row
from etl.store.sql import Connection, fetch_rows

Seal = tuple[int, int, int]

_BEGINNINGS = ("begin", "start")


class Renewal(Enum):
    """What became of a look for a newer snapshot."""

    SAME = auto()
    NEWER = auto()
    HELD = auto()


def stamp(published: Path) -> Seal | None:
    """Return what tells the snapshot at `published` from another there; None = there is none."""
    try:
        found = published.stat()
    except OSError:
        return None
    # A file of older snapshots is written over and named anew: its number alone tells nothing.
    return found.st_ino, found.st_mtime_ns, found.st_size


class Session:
    """Runs statement after statement, each on the newest snapshot that can be had.

    What a session was SET is set again on a newer one. Temporary tables, views and macros lie in
    the connection, and a transaction promises one state: while there is either, `renew` stays.
    """

    def __init__(self, published: Path) -> None:
        """Open the snapshot.

        Raises:
            WarehouseError: there is none, or it cannot be read.
        """
        self._published = published
        self._settings: list[str] = []
        self._is_in_transaction = False
        self._open()

    def _open(self) -> None:
        self._stamp = stamp(self._published)
        self._con = open_reader(self._published)

    def close(self) -> None:
        """Let the snapshot go."""
        self._con.close()

    def renew(self, *, now: bool = False) -> Renewal:
        """Go on with the newest snapshot; `now` = even where that loses what is temporary.

        Raises:
            WarehouseError: the newer one cannot be read; the session stays on the old one.
        """
        if stamp(self._published) in {self._stamp, None}:
            return Renewal.SAME
        if not now and (self._is_in_transaction or self._has_temporary()):
            return Renewal.HELD
        # DuckDB gives a process that has a file open the same one again, by its name.
        self._con.close()
        self._open()
        self._is_in_transaction = False
        for text in self._settings:
            self._con.execute(text)
        return Renewal.NEWER

    def _has_temporary(self) -> bool:
        return bool(fetch_rows(self._con, "count_temporary")[0]["things"])

    def run(self, text: str, brake: Brake) -> Result:
        """Run the statements of `text` on the snapshot that is open; use within `brake.on(con)`.

        Raises:
            ConfigError: the SQL is wrong.
        """
        result = run_query(self._con, text, {}, is_stopped=lambda: brake.is_pulled)
        for offset, statement in self._parse(text):
            match statement.type:
                case duckdb.StatementType.SET:
                    self._settings.append(statement.query)
                case duckdb.StatementType.TRANSACTION:
                    words = statement.query.encode()[offset:].decode().lower()
                    self._is_in_transaction = words.startswith(_BEGINNINGS)
                case _:
                    pass
        return result

    @staticmethod
    def _parse(text: str) -> list[tuple[int, duckdb.Statement]]:
        """Return the statements, each with where its first word stands after comments."""
        found = duckdb.extract_statements(text)
        return [(duckdb.tokenize(statement.query)[0][0], statement) for statement in found]

    @property
    def connection(self) -> Connection:
        """What is open, until `renew`."""
        return self._con

    def list_columns(self) -> tuple[Row, ...]:
        """Return every column of every table and view."""
        return self._list("list_columns")

    def list_macros(self) -> tuple[Row, ...]:
        """Return every macro."""
        return self._list("list_macros")

    def _list(self, name: str) -> tuple[Row, ...]:
        try:
            return tuple(fetch_rows(self._con, name))
        except duckdb.Error as error:
            raise WarehouseError(f"{self._published} cannot tell what is in it: {error}") from error
