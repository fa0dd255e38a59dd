"""A guard against work without end, for tests of hostile input."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def ends(within_s: int = 60) -> Iterator[None]:
    """Fail the block when it does not come to an end.

    Not a measure of speed, machines are noisy: what is linear takes a second or two here, what is
    not would take minutes.
    """

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"still at it after {within_s} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(within_s)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
