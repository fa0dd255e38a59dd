"""Stopping a question while it runs: when somebody asks for it, or after its time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import duckdb

from etl.errors import NewsError, QueryStoppedError
from etl.store.sql import Connection

AGAIN_S = 0.05


class Brake:
    """Stops what connections do, once pulled; `pull` may be called from any thread.

    Not a signal: Ctrl-C is not always seen by a thread that waits inside DuckDB 1.5.5 (one ran to
    its end, 300 seconds after it). So questions run in one thread, and another pulls.
    """

    def __init__(self, *, after_s: float | None = None) -> None:
        """`after_s` is how long a question may take; None = as long as it likes."""
        self._after_s = after_s
        self._wakes = Event()
        self._why: str | None = None

    @property
    def is_pulled(self) -> bool:
        """Whether what runs is being stopped."""
        return self._why is not None

    def pull(self, why: str) -> None:
        """Stop what runs; `why` ends in the error."""
        self._why = self._why or why
        self._wakes.set()

    @contextmanager
    def on(self, con: Connection) -> Iterator[None]:
        """Stop what `con` does in this block once pulled, or after its time. For one block only.

        Raises:
            QueryStoppedError: it was stopped.
        """
        done = Event()
        watcher = Thread(target=self._watch, args=(con, done), daemon=True)
        watcher.start()
        try:
            yield
        except (NewsError, duckdb.InterruptException) as error:
            if self._why is not None:
                raise QueryStoppedError(self._why) from error
            raise
        finally:
            done.set()
            self._wakes.set()
            watcher.join()

    def _watch(self, con: Connection, done: Event) -> None:
        if not self._wakes.wait(self._after_s):
            self._why = f"stopped after {self._after_s:g} seconds"
        # Again and again: between two statements there is nothing to interrupt.
        while not done.wait(AGAIN_S if self._why else 0):
            con.interrupt()
