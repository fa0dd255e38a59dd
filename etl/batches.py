"""How many items go through the pipeline together, and in what rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

FIRST_BATCH = 32
FULL_BATCH = 500
MOST_BATCHES = 30
"""A batch is a task to Prefect, whose server wants at most some 200 of them a run."""


def batch_size(total: int) -> int:
    """Return the most items a batch may have, so that a run of `total` has few batches."""
    return max(FULL_BATCH, total // MOST_BATCHES)


def take(items: Iterator[T], count: int) -> list[T]:
    """Return the next `count` items, fewer at the end."""
    return list(islice(items, count))


def one_ahead(items: Iterable[T]) -> Iterator[T]:
    """Yield items one late: workers refine the next batch while this one is loaded."""
    waiting: list[T] = []
    for item in items:
        waiting.append(item)
        if len(waiting) > 1:
            yield waiting.pop(0)
    yield from waiting
