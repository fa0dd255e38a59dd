"""Finds date and time expressions: the simple first engine, "rules-1".

Absolute dates in every language CLDR names the months of; relative ones, durations and sets in
English only. Each rule is a regular expression whose every part is bounded, so the time is linear
in the text. What it does not try: events ("the day after the vote"), narrative time (it counts
everything from the publication date), holidays, ranges as one expression.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from etl.records import Timex
from etl.tag.cldr_dates import find_written_dates
from etl.tag.days import interval_of
from etl.tag.english_dates import find_english
from etl.tag.timex_rules import Reading, find_numeric_dates, fold


def find_timexes(text: str, *, anchor: datetime | None, language: str | None) -> tuple[Timex, ...]:
    """Return the date and time expressions of `text`, in order, none overlapping.

    Args:
        text: what is read.
        anchor: the publication time, whose day relative expressions count from; None leaves them
            values such as "PAST_REF" or "XXXX-10-07" and no interval.
        language: ISO 639-1; None is read as English.
    """
    day = anchor.date() if anchor else None
    readings = list(_readings(text, day, language or "en"))
    # Of overlapping readings the one that starts first wins, then the longest.
    readings.sort(key=lambda reading: (reading.start, -reading.end))
    timexes: list[Timex] = []
    end = 0
    for reading in readings:
        if reading.start >= end:
            timexes.append(_timex(text, reading))
            end = reading.end
    return tuple(timexes)


def _readings(text: str, anchor: date | None, language: str) -> Iterator[Reading]:
    folded = fold(text)
    yield from find_numeric_dates(folded, language=language)
    if language == "en":
        yield from find_english(text, folded, anchor)
    else:
        yield from find_written_dates(folded, anchor, language=language)


def _timex(text: str, reading: Reading) -> Timex:
    dated = reading.timex_type in {"DATE", "TIME"}
    interval = interval_of(reading.value) if dated else None
    first, last = interval or (None, None)
    return Timex(
        start_char=reading.start,
        end_char=reading.end,
        surface=text[reading.start : reading.end],
        timex_type=reading.timex_type,
        timex_value=reading.value,
        date_from=first,
        date_to=last,
    )
