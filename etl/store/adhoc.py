"""SQL that people type, run on the published snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def run_query(con: Connection, text: str, parameters: Mapping[str, str]) -> Result:
    """Run every statement of `text` and return the last one's result.

    Raises:
        ConfigError: there is no statement, a parameter is missing or unknown, or the SQL is
            wrong; also while rows are taken, where a value turns out not to fit.
    """
    with _explained(con):
        *first, last = _split(con, text, parameters)
        for statement, wanted in first:
            con.execute(statement, wanted)
        return take_result(con.execute(*last), last)


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


def take_result(cursor: Connection, ran: Bound | None = None) -> Result:
    """Return what a connection that ran a query holds; `ran` is the query, run again if need be."""
    columns: list[str] = []
    for name, *_ in cursor.description or ():
        taken = sum(1 for other in columns if other == name or other.startswith(f"{name}_"))
        columns.append(f"{name}_{taken}" if name in columns else name)
    return Result(columns=tuple(columns), rows=_take(cursor, ran))


def _take(cursor: Connection, ran: Bound | None) -> Iterator[tuple[Any, ...]]:
    with _explained(cursor):
        try:
            while rows := cursor.fetchmany(BATCH_ROWS):
                yield from rows
        except duckdb.InterruptException:
            # Where one of several threads fails, DuckDB 1.5.5 may say only that it stopped the
            # others, in one of fifty tries on a busy machine. Alone a thread says why.
            if ran:
                cursor.execute("SET threads = 1")
                cursor.execute(*ran)
                while cursor.fetchmany(BATCH_ROWS):
                    pass
            raise
