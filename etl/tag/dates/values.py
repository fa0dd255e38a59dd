"""TIMEX3 values counted from a moment: the week after, the month before, the nearest May."""

from __future__ import annotations

from datetime import timedelta

from etl.tag.dates.days import is_day, shift_months, week_value
from etl.tag.dates.story import Moment

UNKNOWN = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
_PLACEHOLDERS = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX",
                 "Q": "XXXX-QX", "Y": "XXXX"}  # fmt: skip
_YEARS = {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}


def unit_value(unit: str, shift: int, base: Moment | None) -> str:
    """Return the value of the `unit` ("W") that lies `shift` of them from the one of `base`.

    Without a base, or one too vague for the unit: a placeholder; outside the calendar a reference.
    """
    sign = (shift > 0) - (shift < 0)
    unknown = UNKNOWN[sign] if shift else _PLACEHOLDERS.get(unit, UNKNOWN[0])
    if base is None:
        return unknown
    try:
        return _unit_value(unit, shift, base)
    except (ValueError, OverflowError):
        return unknown  # "5,000 years ago" is before the calendar begins.


def _unit_value(unit: str, shift: int, base: Moment) -> str:
    if unit in _YEARS:
        return _years(unit, base.year + shift * _YEARS[unit])
    if base.month is None:
        return _of_a_year(unit, base.year)
    if unit in {"M", "Q"}:
        return _months(unit, base, shift)
    if base.day is None:
        return f"{base.year:04d}-{base.month:02d}-XX" if unit == "D" else f"{base.year:04d}-WXX"
    if unit == "D":
        return (base.first_day() + timedelta(days=shift)).isoformat()
    week = week_value(base.first_day() + timedelta(weeks=shift))
    return f"{week}-WE" if unit == "WE" else week


def _of_a_year(unit: str, year: int) -> str:
    return f"{year:04d}" + _PLACEHOLDERS[unit][4:]


def _years(unit: str, year: int) -> str:
    if not 1 <= year <= 9999:  # noqa: PLR2004 - what TIMEX3 can write
        raise ValueError("outside the years 1 to 9999")
    return f"{year:04d}"[: {"Y": 4, "DE": 3, "CE": 2, "ML": 1}[unit]]


def _months(unit: str, base: Moment, shift: int) -> str:
    months = shift * (3 if unit == "Q" else 1)
    day = shift_months(Moment(base.year, base.month).first_day(), months)
    return month_value(day.year, day.month) if unit == "M" else quarter_of(day.year, day.month)


def month_value(year: int, month: int) -> str:
    """Return "2023-10"."""
    return f"{year:04d}-{month:02d}"


def quarter_of(year: int, month: int) -> str:
    """Return the quarter of a month: "2023-Q4"."""
    return f"{year:04d}-Q{(month + 2) // 3}"


def day_after(base: Moment | None, days: int) -> str | None:
    """Return the day `days` after the day of `base`, None if there is none."""
    if base is None or base.day is None:
        return None
    try:
        return (base.first_day() + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def date_value(year: int | None, month: int, day: int | None) -> str | None:
    """Return the value of a date whose year may be unknown; None if the calendar lacks it."""
    leap_year = 2000
    if not is_day(year or leap_year, month, day or 1):
        return None
    shown = "XXXX" if year is None else f"{year:04d}"
    return f"{shown}-{month:02d}" + (f"-{day:02d}" if day else "")
