"""What every reading of a text must be."""

from __future__ import annotations

from datetime import UTC, datetime

from etl.records import Timex
from etl.tag.dates import find_timexes

THURSDAY = datetime(2023, 10, 12, 9, 30, tzinfo=UTC)


def assert_well_formed(
    text: str, *, anchor: datetime | None, language: str | None
) -> tuple[Timex, ...]:
    """Return the expressions of `text`, which slice back, do not overlap and are repeatable."""
    found = find_timexes(text, anchor=anchor, language=language)
    end = 0
    for timex in found:
        assert end <= timex.start_char < timex.end_char <= len(text), (text, found)
        assert text[timex.start_char : timex.end_char] == timex.surface
        assert timex.timex_value
        assert (timex.date_from is None) == (timex.date_to is None)
        if timex.date_from and timex.date_to:
            assert timex.date_from <= timex.date_to, (text, timex)
        end = timex.end_char
    assert found == find_timexes(text, anchor=anchor, language=language)
    return found


def read(text: str, *, language: str = "en", anchor: datetime | None = THURSDAY) -> list[Timex]:
    """Return the expressions found in `text`."""
    return list(find_timexes(text, anchor=anchor, language=language))
