"""What all date rules share: the reading they give, and dates written in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.records import TimexType
from etl.tag.days import is_day

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
# Where 3/4/2023 is 3 April; in English it may be either, so there only 13/4 or 4/13 is read.
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """A date expression at `start` up to `end`, with its TIMEX3 type and value."""

    start: int
    end: int
    timex_type: TimexType
    value: str


def fold(text: str) -> str:
    """Return `text` in small letters, every character still in its place."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    # "İ" becomes two characters, which would shift every offset behind it.
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def find_numeric_dates(folded: str, *, language: str) -> Iterator[Reading]:
    """Yield dates written in figures that can be read in one way only."""
    for match in _ISO.finditer(folded):
        yield from _day(match, match[1], match[2], match[3])
    for match in _FIGURES.finditer(folded):
        first, second = int(match[1]), int(match[3])
        is_day_first = second <= _MONTHS_A_YEAR and (
            first > _MONTHS_A_YEAR or first == second or match["dot"] == "." or language != "en"
        )
        if is_day_first:
            yield from _day(match, match[4], match[3], match[1])
        elif second > _MONTHS_A_YEAR:
            yield from _day(match, match[4], match[1], match[3])
    for match in _CJK.finditer(folded):
        year, month, day = match[1], match[2], match[3]
        if day:
            yield from _day(match, year, month, day)
        elif month and 1 <= int(month) <= _MONTHS_A_YEAR:
            yield Reading(match.start(), match.end(), "DATE", f"{year}-{int(month):02d}")
        elif not month:
            yield Reading(match.start(), len(match[0].rstrip()) + match.start(), "DATE", year)


def _day(match: re.Match[str], year: str, month: str, day: str) -> Iterator[Reading]:
    if is_day(int(year), int(month), int(day)):
        value = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
        yield Reading(match.start(), match.end(), "DATE", value)
