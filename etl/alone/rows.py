"""JSON lines, and the work on them by many processes in the order of the input."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from etl.errors import ConfigError
from etl.records import BadInput, LooseArticle, LoosePage, LooseText
from etl.workers import Pending, WorkerPool

STDIN = Path("-")
UNREADABLE = (OSError, EOFError, zlib.error)
"""What reading a file raises that is not there, or is torn gzip."""

Task = TypeVar("Task", LooseArticle, LoosePage, LooseText)

_AHEAD = 16
"""Inputs a worker may be ahead of the one whose result is due: a slow one holds up no other."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadInput]]:
    """Yield number (from 1) and object of each line of a file, gzipped or not; "-" is stdin.

    A line that is no object is a `BadInput` named by its number; empty lines are passed over.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        with _open_lines(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _read_row(line, number)
    except UNREADABLE as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error


def count_rows(path: Path) -> int | None:
    """Return how many lines a file has, None where it can be read only once, or not at all."""
    if path == STDIN or not path.is_file():
        return None
    try:
        with _open_lines(path) as lines:
            return sum(1 for line in lines if line.strip())
    except UNREADABLE:
        return None


def collect(
    pool: WorkerPool, tasks: Iterable[Task | BadInput]
) -> Iterator[tuple[Task | BadInput, Any]]:
    """Yield each of `tasks` and its result, in their order; bad input is its own result.

    Args:
        pool: its function is called with a task.
        tasks: read only as far as the workers need; each has a `name`.
    """
    waiting: deque[tuple[Task | BadInput, Pending[Any] | BadInput]] = deque()
    for task in tasks:
        pending = task if isinstance(task, BadInput) else pool.queue(task, where=str(task.name))
        waiting.append((task, pending))
        if len(waiting) >= _AHEAD * pool.workers:
            yield _take(waiting)
    while waiting:
        yield _take(waiting)


def _take(
    waiting: deque[tuple[Task | BadInput, Pending[Any] | BadInput]],
) -> tuple[Task | BadInput, Any]:
    task, pending = waiting.popleft()
    return task, pending if isinstance(pending, BadInput) else pending.result()


def _open_lines(path: Path) -> BinaryIO:
    if path == STDIN:
        return sys.stdin.buffer
    with path.open("rb") as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
    return cast("BinaryIO", gzip.open(path, "rb")) if is_gzip else path.open("rb")


def _read_row(line: bytes, number: int) -> dict[str, Any] | BadInput:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadInput(name=number, detail=f"line {number} is no JSON: {error}")
    if not isinstance(row, dict):
        return BadInput(name=number, detail=f"line {number} is no JSON object")
    return row
