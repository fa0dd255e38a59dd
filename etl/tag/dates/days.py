"""TIMEX3 values and the days they cover."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Interval = tuple[date, date]
_VALUE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?|-W(?P<week>[0-9]{2})"
    r"(?P<weekend>-WE)?|-Q(?P<quarter>[1-4])|-H(?P<half>[12]))?(?:T.*)?"
)
# "2023-10-XX" is some day of October: all of it may be meant. So with weeks and quarters of a year.
_OPEN = re.compile(r"(?<=[0-9])(?:-XX|-WXX|-QX)+(?:-WE)?(?:T.*)?$")
_DECADE = re.compile(r"[0-9]{3}")
_CENTURY = re.compile(r"[0-9]{2}")


def interval_of(value: str) -> Interval | None:
    """Return the first and last day that a TIMEX3 DATE or TIME value covers.

    None where it names no days of the years 1 to 9999: references ("PAST_REF"), unknown years
    ("XXXX-10-07"), days no calendar has, and seasons, which depend on the hemisphere.
    """
    first, _, last = value.partition("/")
    if last:
        ends = interval_of(first), interval_of(last)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None
    value = _OPEN.sub("", value)
    try:
        if match := _VALUE.fullmatch(value):
            return _days(match)
        if _DECADE.fullmatch(value):
            return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
        if _CENTURY.fullmatch(value):
            return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    except (ValueError, OverflowError):
        pass  # Not in the calendar ("2023-02-30", the year 0): there is no interval.
    return None


def _days(match: re.Match[str]) -> Interval:
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        first = monday + timedelta(days=5) if match["weekend"] else monday
        return first, monday + timedelta(days=6)
    if match["month"]:
        return _months(year, int(match["month"]), 1)
    if match["quarter"]:
        return _months(year, int(match["quarter"]) * 3 - 2, 3)
    if match["half"]:
        return _months(year, int(match["half"]) * 6 - 5, 6)
    return _months(year, 1, 12)


def _months(year: int, first: int, count: int) -> Interval:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def is_day(year: int, month: int, day: int) -> bool:
    """Return whether the calendar has that day."""
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]  # noqa: PLR2004 - the calendar's own bounds


def day_value(day: date) -> str:
    """Return the TIMEX3 value of a day: "2023-10-07"."""
    return day.isoformat()


def week_value(day: date) -> str:
    """Return the TIMEX3 value of the ISO week of `day`: "2023-W41"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def shift_months(day: date, months: int) -> date:
    """Return the day `months` later, the last of the month where it has no such day.

    Raises:
        ValueError: outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:  # noqa: PLR2004 - what `date` can hold
        raise ValueError("outside the years 1 to 9999")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def nearest_year(anchor: date, month: int, day: int) -> int | None:
    """Return the year whose `month`/`day` lies nearest the anchor, or None if none has it.

    News names days without a year within some months of its own date, before and after it.
    """
    years = [year for year in range(anchor.year - 1, anchor.year + 2) if is_day(year, month, day)]
    return min(years, key=lambda year: abs(date(year, month, day) - anchor), default=None)
