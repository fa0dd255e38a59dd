"""What the worker tests give a worker to do; loaded by name in its process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from etl.outcomes import Reason
from etl.records import Hints, PageRef, Rejected


def make_moody() -> Callable[[PageRef, Hints], Rejected]:
    """Return a refine function that does what the page's URL says."""

    def refine(ref: PageRef, hints: Hints) -> Rejected:
        if ref.url == "hang":
            time.sleep(60)
        if ref.url == "die":
            os._exit(7)
        if ref.url == "hoard":
            bytearray(3_000_000_000)
        if ref.url == "swallow":
            _swallow()
        return Rejected(reason=Reason.TOO_SHORT, detail=ref.url)

    return refine


def _swallow() -> None:
    """Run out of memory and not say so, as extractors do."""
    kept = []
    try:
        while True:
            kept.append(bytes(range(250)) * 40_000)
    except Exception:  # noqa: BLE001 - that is what they do
        kept.clear()


def make_endless(told: str) -> Callable[[PageRef, Hints], Rejected]:
    """Return a function that writes down its process and never ends."""

    def refine(ref: PageRef, hints: Hints) -> Rejected:
        del ref, hints
        Path(told).write_text(str(os.getpid()), "utf-8")
        while True:
            pass

    return refine
