"""A statement of a session, and its answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from typing import Any, TextIO

import typer

from etl.cli.output import Format, write_result
from etl.cli.session.state import Manner
from etl.cli.stopping import run_stoppable
from etl.cli.terminal import terminal_width
from etl.store.adhoc import Result
from etl.store.brake import Brake
from etl.store.session import Session


def answer(session: Session, text: str, manner: Manner, out: TextIO) -> None:
    """Run a statement and write its rows, and on stderr how many they were.

    Raises:
        ConfigError: the SQL is wrong.
        QueryStoppedError: Ctrl-C stopped it.
    """
    began = time.perf_counter()

    def run(brake: Brake) -> tuple[int, bool] | None:
        result = session.run(text, brake)
        # Nothing is said of SET and its like, which have no rows.
        if not result.columns or result.columns in {("Success",), ("Count",)}:
            return None
        return _write(result, manner, out)

    counted = run_stoppable(session.connection, run)
    out.flush()
    if counted is not None:
        count, is_cut = counted
        _tell_count(count, manner, is_cut=is_cut, took_s=time.perf_counter() - began)


def _write(result: Result, manner: Manner, out: TextIO) -> tuple[int, bool]:
    """Write the rows that are to be shown; return how many, and whether there are more."""
    left: list[tuple[Any, ...]] = []

    def shown() -> Iterator[tuple[Any, ...]]:
        yield from islice(result.rows, manner.rows)
        if manner.rows is not None:
            left.extend(islice(result.rows, 1))

    few = Result(columns=result.columns, rows=shown())
    width = terminal_width() if manner.form is Format.TABLE else None
    return write_result(few, manner.form, out, width=width), bool(left)


def _tell_count(count: int, manner: Manner, *, is_cut: bool, took_s: float) -> None:
    if manner.form is not Format.TABLE and not is_cut:
        return
    rows = f"{count:,} row{'' if count == 1 else 's'}"
    first = f"the first {rows}; .rows all shows the others" if is_cut else rows
    timed = f" in {took_s:.3f} s" if manner.with_time else ""
    typer.echo(f"({first}{timed})", err=True)
