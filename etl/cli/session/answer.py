"""A statement of a session: run in a thread of its own, so that Ctrl-C always stops it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice
from threading import Event, Thread
from typing import Any, TextIO

import typer

from etl.cli.output import Format, write_result
from etl.cli.session.state import Manner
from etl.cli.terminal import terminal_width
from etl.store.adhoc import Result
from etl.store.brake import Brake
from etl.store.session import Session

LOOK_S = 0.2


def answer(session: Session, text: str, manner: Manner, out: TextIO) -> None:
    """Run a statement and write its rows, and on stderr how many they were.

    Raises:
        ConfigError: the SQL is wrong.
        QueryStoppedError: Ctrl-C stopped it.
    """
    brake = Brake()
    began = time.perf_counter()
    counted: list[tuple[int, bool]] = []

    def run() -> None:
        with brake.on(session.connection):
            result = session.run(text, brake)
            # Nothing is said of SET and its like, which have no rows.
            if result.columns and result.columns not in {("Success",), ("Count",)}:
                counted.append(_write(result, manner, out))

    _wait_for(run, brake)
    out.flush()
    for count, is_cut in counted:
        _tell_count(count, manner, is_cut=is_cut, took_s=time.perf_counter() - began)


def _wait_for(work: Callable[[], None], brake: Brake) -> None:
    """Run `work` in a thread to its end; Ctrl-C pulls the brake."""
    trouble: list[BaseException] = []
    # Not `join`: interrupted by Ctrl-C, Python 3.11 takes the thread for ended (bpo-45274).
    is_done = Event()

    def guarded() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again in the waiting thread
            trouble.append(error)
        finally:
            is_done.set()

    worker = Thread(target=guarded, daemon=True)
    # Started inside, so that no Ctrl-C falls between.
    while not is_done.is_set():
        try:
            if worker.ident is None:
                worker.start()
            is_done.wait(LOOK_S)
        except KeyboardInterrupt:
            brake.pull("stopped")
    if trouble:
        raise trouble[0]


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
