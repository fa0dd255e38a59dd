"""Where two states of a text differ: the lines between those that stand first, and last, in both.

Telling a correction from an update asks each line what it is; most lines of a new version stood in
the old one, and need not be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from etl.dedup.churn import ends_links


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What differs: `old` became `new`; `around` is what stands before and behind it in both."""

    old: str
    new: str
    around: tuple[str, str]


def find_stretch(old_text: str, new_text: str, *, language: str | None) -> Stretch:
    """Return where two texts differ, in whole lines.

    A headline under "Most read" is churn by what stands above it (see `churn.drop_churn`). So what
    is cut off ends, and goes on, with a line that is a sentence wherever it stands.
    """
    old, new = old_text.split("\n"), new_text.split("\n")
    head = _count_equal(old, new)
    while head and not ends_links(old[head - 1], language=language):
        head -= 1
    rest, others = old[head:], new[head:]
    tail = _count_equal(rest[::-1], others[::-1])
    while tail and not ends_links(rest[-tail], language=language):
        tail -= 1
    ends = len(rest) - tail, len(others) - tail
    return Stretch(
        old="\n".join(rest[: ends[0]]),
        new="\n".join(others[: ends[1]]),
        around=("\n".join(old[:head]), "\n".join(rest[ends[0] :])),
    )


def _count_equal(old: list[str], new: list[str]) -> int:
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
