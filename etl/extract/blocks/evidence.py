"""What other readings of a page say is its text, as runs of letters to look blocks up in.

Looking up is by characters alone: sources differ in spaces, quotes and line ends.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_SHORT_CHARS = 16
_PIECE_CHARS = 24
# Each block is looked up in it: 6,000 blocks in a megabyte would take half a minute.
_EVIDENCE_CHARS = 150_000


class Evidence(NamedTuple):
    """One reading: all of its letters and digits run together, and each of its lines so."""

    run: str
    lines: frozenset[str]


NOTHING = Evidence("", frozenset())


def words_of(text: str) -> list[str]:
    """Return the words of `text`, case folded."""
    return _WORD.findall(text.casefold())


def make_evidence(text: str) -> Evidence:
    """Return `text` as evidence, as much of it as any article has."""
    lines = ["".join(words_of(line)) for line in text[:_EVIDENCE_CHARS].split("\n")]
    return Evidence("".join(lines), frozenset(lines))


def measure_support(key: str, evidence: Evidence) -> float:
    """Return how much of a block is in `evidence`, 0 to 1; `key` is its words run together.

    A block found whole is 1, a long one found in part what is found of its start, middle and end.
    A short one has to be a line: its letters may stand anywhere.
    """
    if key in evidence.lines:
        return 1.0
    if len(key) < _SHORT_CHARS or not evidence.run:
        return 0.0
    if key in evidence.run:
        return 0.9
    if len(key) < 2 * _PIECE_CHARS:
        return 0.0
    middle = len(key) // 2
    pieces = (key[:_PIECE_CHARS], key[middle : middle + _PIECE_CHARS], key[-_PIECE_CHARS:])
    return 0.8 * sum(piece in evidence.run for piece in pieces) / len(pieces)
