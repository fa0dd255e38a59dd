"""Whose ministry, court or army is meant, where its name is that of many countries'.

"Russia's Defense Ministry" and "Ukraine's Defense Ministry" are two, and the Parliament of one
article is not that of another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from etl.tag.lexicon import cue_words
from etl.tag.names import bare_name

_OWNING = frozenset({" ", "'s ", "\u2019s ", "' ", "\u2019 "})


class Offices:
    """The countries of an article's ministries, courts and armies."""

    def __init__(self) -> None:
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._codes: dict[str, list[str]] = defaultdict(list)

    def note(self, name: str, start: int, code: str) -> None:
        """Take in that the office called `name` at `start` is that of a country; in order."""
        self._starts[bare_name(name)].append(start)
        self._codes[bare_name(name)].append(code)

    def country_of(self, name: str, start: int) -> str | None:
        """Return the country whose office is meant: the last named before, or the first after."""
        codes = self._codes.get(bare_name(name))
        if not codes:
            return None
        return codes[max(bisect_right(self._starts[bare_name(name)], start) - 1, 0)]


def is_office(name: str) -> bool:
    """Return whether many countries have an organisation called `name`."""
    words = bare_name(name).split()
    return bool(words) and all(word in cue_words("office_words") for word in words)


def owns(between: str) -> bool:
    """Return whether what stands between a country and an office makes it that country's."""
    return between in _OWNING
