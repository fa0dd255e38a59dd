"""What other processes do while a test looks on; imports little, so that they start soon."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb

from etl.store.connect import writer_lock


def read_until(path: Path, stop: Event, ready: Event, answer: Callable[[object], None]) -> None:
    """Open, query and close the published file, over and over; then say how that went."""
    reads, seen = 0, 0
    try:
        while not stop.is_set():
            with duckdb.connect(str(path), read_only=True) as con:
                (row,) = con.execute("SELECT count(*) FROM runs").fetchall()
                assert row[0] >= seen
                seen = row[0]
            reads += 1
            ready.set()
    except BaseException as error:
        ready.set()
        answer(repr(error))
        raise
    answer(reads)


def hold_lock(folder: Path, held: Event, stop: Event) -> None:
    """Hold the writer's lock until told to stop."""
    with writer_lock(folder):
        held.set()
        stop.wait(90)
