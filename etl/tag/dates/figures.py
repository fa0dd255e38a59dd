"""Dates written in figures, in the languages that have no grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.tag.dates.days import is_day

Dated = tuple[int, int, str]
"""Where a date stands, and its TIMEX3 value."""

# Each begins with a plain set of characters and looks behind it only then: the regex engine skips
# to such a set some ten times as fast as it tries to look behind at every place of the text.
_ISO = re.compile(r"([0-9](?<![\w.-][0-9])[0-9]{3})-([0-9]{2})-([0-9]{2})(?![0-9])")
_FIGURES = re.compile(
    r"([0-9](?<![\w./-][0-9])[0-9]?)(?P<dot>[./-])([0-9]{1,2})(?P=dot)([12][0-9]{3})(?![\w/-])"
)
_CJK = re.compile(
    r"([12](?<![0-9][12])[0-9]{3}) ?[年년] ?"
    r"(?:([0-9]{1,2}) ?[月월](?: ?([0-9]{1,2}) ?[日일])?)?"
)
_MONTHS_A_YEAR = 12


def fold(text: str) -> str:
    """Return `text` in small letters, every character still in its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    # "İ" becomes two characters, which would shift every offset behind it.
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def find_figures(folded: str) -> Iterator[Dated]:
    """Yield dates written in figures that can be read in one way only."""
    for match in _ISO.finditer(folded):
        yield from _day(match, match[1], match[2], match[3])
    for match in _FIGURES.finditer(folded):
        first, second = int(match[1]), int(match[3])
        if second <= _MONTHS_A_YEAR:  # Outside English 3/4/2023 is the third of April.
            yield from _day(match, match[4], match[3], match[1])
        elif first <= _MONTHS_A_YEAR:
            yield from _day(match, match[4], match[1], match[3])
    for match in _CJK.finditer(folded):
        year, month, day = match[1], match[2], match[3]
        if day:
            yield from _day(match, year, month, day)
        elif month and 1 <= int(month) <= _MONTHS_A_YEAR:
            yield match.start(), match.end(), f"{year}-{int(month):02d}"
        elif not month:
            yield match.start(), len(match[0].rstrip()) + match.start(), year


def _day(match: re.Match[str], year: str, month: str, day: str) -> Iterator[Dated]:
    if is_day(int(year), int(month), int(day)):
        value = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
        yield match.start(), match.end(), value
