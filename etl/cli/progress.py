"""Progress on stderr: a live bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from etl import ports

LINE_EVERY_S = 5.0


@contextmanager
def show_progress() -> Iterator[ports.Progress]:
    """Yield a teller fit for where stderr goes."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    columns = (
        TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield Bar(bar)


class Bar:
    """Implements `ports.Progress` with a live bar a stretch."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def begin(self, what: str, total: int | None) -> None:
        """Show a new bar."""
        self._task = self._bar.add_task(what, total=total)

    def advance(self, count: int) -> None:
        """Move the bar."""
        if self._task is not None:
            self._bar.advance(self._task, count)


class Lines:
    """Implements `ports.Progress` with a line now and then, for logs."""

    def __init__(self) -> None:
        self._what = ""
        self._total: int | None = None
        self._done = 0
        self._told_at = 0.0

    def begin(self, what: str, total: int | None) -> None:
        """Say what starts."""
        self._what, self._total, self._done = what, total, 0
        self._tell()

    def advance(self, count: int) -> None:
        """Say how far it is, at most every few seconds, and at the end."""
        self._done += count
        if self._done == self._total or time.monotonic() - self._told_at > LINE_EVERY_S:
            self._tell()

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        of = f" of {self._total}" if self._total is not None else ""
        sys.stderr.write(f"{self._what}: {self._done}{of}\n")
