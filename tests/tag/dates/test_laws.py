"""Laws of dates: intervals, offsets, and what goes with the day of writing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.tag.dates import find_timexes
from etl.tag.dates.days import interval_of
from tests.tag.dates.readings import assert_well_formed


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023-10-07", date(2023, 10, 7), date(2023, 10, 7)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-W41", date(2023, 10, 9), date(2023, 10, 15)),
        ("2023-W41-WE", date(2023, 10, 14), date(2023, 10, 15)),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("20", date(2000, 1, 1), date(2099, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("9999-W52", date(9999, 12, 27), None),
        ("2023-10-XX", date(2023, 10, 1), date(2023, 10, 31)),
        ("2023-XX-XXTNI", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-QX", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-10-07T24:00", date(2023, 10, 7), date(2023, 10, 7)),
    ],
)
def test_values_cover_inclusive_days(value: str, first: date, last: date | None):
    """Both ends belong to the interval; one that leaves the calendar is none."""
    assert interval_of(value) == ((first, last) if last else None)


@pytest.mark.parametrize("value", ["0000", "000", "2023-02-30", "2023-W54", "PAST_REF", "XXXX-10"])
def test_values_outside_the_calendar_cover_no_days(value: str):
    """What `date` cannot hold has no interval."""
    assert interval_of(value) is None


WORDS = st.sampled_from([
    "last", "next", "this", "the", "early", "week", "year", "Tuesday", "May", "Oct.", "7", "31",
    "2023", "1990s", "9999", ",", "days", "ago", "every", "a", "few", "three", "century",
    "decade", "weekend", "winter", "quarter", "first", "of", "in", "İ", "K", "ſ", "yesterday",
    "morning", "0", "p.m.", "mai",
])  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    text=st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)),
    anchor=st.none() | st.datetimes(timezones=st.just(UTC)),
    language=st.sampled_from(["en", "de", "fr", "tr", "zh", "xx", "not a language", None]),
)
def test_laws_of_dates_hold_on_any_text(text: str, anchor: datetime | None, language: str | None):
    """Offsets slice back, nothing overlaps, intervals are ordered, and it is repeatable."""
    assert_well_formed(text, anchor=anchor, language=language)


DEICTIC = (
    "yesterday", "today", "tomorrow", "the day before yesterday", "last week", "this week",
    "next week", "last month", "next month", "this year", "last year", "next year", "last quarter",
    "three days ago", "two weeks ago", "six months ago", "ten years ago", "last Tuesday",
    "this Friday", "next Monday", "He said on Tuesday", "They will meet on Tuesday", "last May",
    "next May", "last February", "over the weekend", "the last decade", "this century",
    "the week before last", "half a century ago", "Friday the 13th", "He said on Friday the 13th",
    "They will meet on Friday the 13th", "the June quarter", "the July-September quarter",
    "the third Monday of January", "since May",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    text=st.sampled_from(DEICTIC),
    one=st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
    days=st.integers(0, 800),
)
def test_what_counts_from_the_day_of_writing_goes_with_it(text: str, one: date, days: int):
    """Written later, it is no earlier: "last May" of Thursday is not after that of Friday."""
    first = datetime(one.year, one.month, one.day, tzinfo=UTC)
    (early,) = find_timexes(text, anchor=first, language="en")
    (late,) = find_timexes(text, anchor=first + timedelta(days=days), language="en")
    assert early.date_from is not None
    assert late.date_from is not None
    assert early.date_from <= late.date_from
