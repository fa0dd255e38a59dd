"""What a look at a feed found, in words for the person who subscribed to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found: what it is, what newshouse does about it, and what you can do.

    `topic` is a stable word for programs; the sentences may change.
    """

    severity: Severity
    topic: str
    what: str
    newshouse: str | None = None
    you: str | None = None


def fine(topic: str, what: str, newshouse: str | None = None) -> Finding:
    """Return that something is as it should be."""
    return Finding(severity="ok", topic=topic, what=what, newshouse=newshouse)


def note(topic: str, what: str, newshouse: str | None = None, you: str | None = None) -> Finding:
    """Return something worth knowing that costs no news."""
    return Finding(severity="note", topic=topic, what=what, newshouse=newshouse, you=you)


def problem(topic: str, what: str, newshouse: str | None = None, you: str | None = None) -> Finding:
    """Return something that costs news."""
    return Finding(severity="problem", topic=topic, what=what, newshouse=newshouse, you=you)


def say_bytes(count: int) -> str:
    """Return a size as people read it: "950 bytes", "24 kB", "3.1 MB"."""
    if count < 1_000:  # noqa: PLR2004 - where kilo begins
        return f"{count} byte{'' if count == 1 else 's'}"
    if count < 1_000_000:  # noqa: PLR2004 - where mega begins
        return f"{count / 1_000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"


def say_count(count: int, total: int) -> str:
    """Return how many of the entries: "3 of 12 entries", "all 12 entries", "its one entry"."""
    if count == total:
        return "its one entry" if total == 1 else f"all {total:,} entries"
    return f"{count:,} of {total:,} entries"
