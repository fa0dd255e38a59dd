"""Ctrl-C: questions it always stops, and what is left of runs that it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TypeVar

import typer

from etl.store.brake import Brake
from etl.store.sql import Connection

LOOK_S = 0.2
T = TypeVar("T")


@contextmanager
def telling_what_is_left(told: str) -> Iterator[None]:
    """Say `told`, of what becomes of it, when Ctrl-C stops what is done inside."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"newshouse: stopped; {told}", err=True)
        raise


def run_stoppable(con: Connection, work: Callable[[Brake], T]) -> T:
    """Return what `work` comes to, which asks `con`; Ctrl-C pulls the brake it is given.

    Raises:
        QueryStoppedError: Ctrl-C stopped it; else whatever `work` raises.
    """
    brake = Brake()
    done: list[T] = []
    trouble: list[BaseException] = []
    # Not `join`: interrupted by Ctrl-C, Python 3.11 takes the thread for ended (bpo-45274).
    is_done = Event()

    def guarded() -> None:
        try:
            with brake.on(con):
                done.append(work(brake))
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
    return done[0]
