"""SQL that people type, run on the published snapshot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import ConfigError
from etl.store.migrate import explain_age
from etl.store.sql import Connection

BATCH_ROWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Column names, made unique, and rows that are read from the database as they are taken."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def _never() -> bool:
    return False


def run_query(
    con: Connection,
    text: str,
    parameters: Mapping[str, str],
    *,
    is_stopped: Callable[[], bool] = _never,
) -> Result:
    """Run every statement of `text` and return the last one's result.

    `is_stopped` says whether the rows still to come are wanted no more; asked now and then.

    Raises:
        ConfigError: there is no statement, a parameter is missing or unknown, or the SQL is
            wrong; also while rows are taken, where a value turns out not to fit.
    """
    with _explained(con):
        *first, last = _split(con, text, parameters)
        for statement, wanted in first:
            con.execute(statement, wanted)
        return take_result(con.execute(*last), last, is_stopped=is_stopped)


def split_statements(text: str) -> tuple[tuple[str, ...], str]:
    """Return the statements of `text` that a semicolon ends, and what stands after the last.

    Semicolons inside of texts, names and comments end nothing. A statement of nothing is none.
    """
    encoded, begin, statements = text.encode(), 0, []
    is_empty = True
    for offset, _ in duckdb.tokenize(text):
        if encoded[offset : offset + 1] != b";":
            is_empty = False
            continue
        if not is_empty:
            statements.append(encoded[begin : offset + 1].decode().strip())
        begin, is_empty = offset + 1, True
    return tuple(statements), encoded[begin:].decode()


def is_nothing(text: str) -> bool:
    """Return whether there is no SQL in `text`: spaces, semicolons and whole comments at most."""
    bare = re.sub(r"--[^\n]*|/\*.*?\*/|[\s;]", "", text, flags=re.DOTALL)
    return not bare


def write_parquet(con: Connection, text: str, parameters: Mapping[str, str], out: Path) -> int:
    """Run `text`, write the last statement's result to the file `out`, and return its rows.

    Raises:
        ConfigError: as `run_query`, or `out` cannot be written.
    """
    with _explained(con):
        *first, (last, wanted) = _split(con, text, parameters)
        for statement, needed in first:
            con.execute(statement, needed)
        con.execute(
            f"COPY (\n{_without_end(last.query)}\n) TO $newshouse_out (FORMAT parquet)",
            {**wanted, "newshouse_out": str(out)},
        )
        (count,) = con.fetchone() or (0,)
        return int(count)


def _without_end(query: str) -> str:
    """Return `query` without the semicolon, and any comment after it, that would end COPY's."""
    text = query.encode()
    for offset, _ in reversed(duckdb.tokenize(query)):
        if text[offset : offset + 1] != b";":
            break
        text = text[:offset]
    return text.decode()


Bound = tuple[duckdb.Statement, dict[str, str]]


def _split(con: Connection, text: str, parameters: Mapping[str, str]) -> list[Bound]:
    statements = con.extract_statements(text)
    if not statements:
        raise ConfigError("there is no SQL statement to run")
    names = {name for statement in statements for name in statement.named_parameters}
    missing, unknown = sorted(names - set(parameters)), sorted(set(parameters) - names)
    if missing:
        raise ConfigError(f"the query asks for ${missing[0]}; give it with -p {missing[0]}=VALUE")
    if unknown:
        raise ConfigError(f"no statement asks for ${unknown[0]}; take -p {unknown[0]}=… away")
    return [
        (statement, {name: parameters[name] for name in statement.named_parameters})
        for statement in statements
    ]


@contextmanager
def _explained(con: Connection) -> Iterator[None]:
    """Turn a database error into one the user can act on."""
    try:
        yield
    except duckdb.Error as error:
        hint = "\n`newshouse sql` only reads." if "read-only" in str(error) else ""
        if isinstance(error, duckdb.CatalogException | duckdb.BinderException):
            age = explain_age(con)
            hint = f"\nOf this warehouse: {age}." if age else ""
        raise ConfigError(f"{str(error).strip()}{hint}") from error


def take_result(
    cursor: Connection, ran: Bound | None = None, *, is_stopped: Callable[[], bool] = _never
) -> Result:
    """Return what a connection that ran a query holds; `ran` is the query, run again if need be."""
    columns: list[str] = []
    for name, *_ in cursor.description or ():
        taken = sum(1 for other in columns if other == name or other.startswith(f"{name}_"))
        columns.append(f"{name}_{taken}" if name in columns else name)
    return Result(columns=tuple(columns), rows=_take(cursor, ran, is_stopped))


def _take(
    cursor: Connection, ran: Bound | None, is_stopped: Callable[[], bool]
) -> Iterator[tuple[Any, ...]]:
    with _explained(cursor):
        try:
            yield from _read(cursor, is_stopped)
        except duckdb.InterruptException:
            # Where one of several threads fails, DuckDB 1.5.5 may say only that it stopped the
            # others, in one of fifty tries on a busy machine. Alone a thread says why.
            if ran and not is_stopped():
                _fail_alone(cursor, ran)
            raise


def _read(cursor: Connection, is_stopped: Callable[[], bool]) -> Iterator[tuple[Any, ...]]:
    """Yield rows; those that are there already would be shown to their end, stopped or not."""
    while rows := cursor.fetchmany(BATCH_ROWS):
        for row in rows:
            yield row
            if is_stopped():
                raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")


def _fail_alone(cursor: Connection, ran: Bound) -> None:
    """Run a query again on one thread, for its error."""
    cursor.execute("SET threads = 1")
    try:
        cursor.execute(*ran)
        while cursor.fetchmany(BATCH_ROWS):
            pass
    finally:
        # A session goes on after it.
        cursor.execute("RESET threads")
