"""TIMEX3 values counted from a moment: the week after, the month before, the nearest May."""

from __future__ import annotations

from datetime import timedelta

from etl.tag.dates.days import is_day, shift_months, week_value
from etl.tag.dates.story import Moment

UNKNOWN = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
_PLACEHOLDERS = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX",
                 "Q": "XXXX-QX", "Y": "XXXX"}  # fmt: skip
_YEARS = {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}
_YEAR, _NEAR = 12 * 31, 3.5 * 31
_LAST_MONTHS = {"SP": 5, "SU": 8, "FA": 11, "WI": 14}


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


def year_near(base: Moment, month: int, day: int | None, sign: int) -> int:
    """Return the year that a date without one is of: before `base`, after it, or the nearest.

    `sign` is -1, 1 or 0. In the month of `base` itself it is the same year.
    """
    if base.month is None:
        return base.year
    if month == base.month and (day is None or base.day is None):
        return base.year
    ahead = ((month - base.month) * 31 + ((day or 15) - (base.day or 15 if day else 15))) % _YEAR
    next_year = base.year + ((month, day or 0) < (base.month, (base.day or 0) if day else 0))
    is_ahead = ahead <= _YEAR / 2
    # A month that is near is meant, whatever the verb: "the vote set for mid-November was put off".
    if sign and _NEAR < ahead < _YEAR - _NEAR:
        is_ahead = sign > 0
    return next_year if is_ahead or ahead == 0 else next_year - 1


def year_beside(base: Moment, month: int, day: int | None, sign: int) -> int:
    """Return the year of the last (`sign` -1) or next (1) such date, not the one of `base` itself.

    "Last February", said in March, is not of the month before but of the year before.
    """
    here = (base.month or 1, base.day or 1 if day else 0)
    there = (month, day or 0)
    is_next_door = day is None and (here[0] - month) * -sign == 1
    year = base.year + (sign if there == here or is_next_door else 0)
    if sign < 0:
        return year - (there > here)
    return year + (there < here)


def season_year(base: Moment, season: str, shift: int | None, sign: int) -> int:
    """Return the year of "last summer" (`shift` -1), or of a season nothing says the year of.

    "Last summer", said in October, was this year's; "next summer", said in May, is.
    """
    last = _LAST_MONTHS[season]
    month = base.month or 12
    is_over, is_ahead = month > last, month < last - 2
    if shift is None:
        if sign > 0:
            return base.year + is_over
        return base.year - (is_ahead and sign < 0)
    if (shift < 0 and is_over) or (shift > 0 and is_ahead):
        return base.year
    return base.year + shift


def weekday_value(base: Moment | None, weekday: int, shift: int | None, sign: int) -> str:
    """Return the day of a weekday (1 is Monday): the latest, the day of `base` included.

    "last Tuesday" (`shift` -1) is never the day of `base`; "next Tuesday", and a Tuesday in a
    sentence about what is to come (`sign` 1), is the first after it; "this Tuesday" is of its week.
    """
    unknown = f"XXXX-WXX-{weekday}"
    if base is None or base.day is None:
        return unknown
    ahead = (weekday - base.first_day().isoweekday()) % 7
    match shift:
        case 1:
            days = ahead or 7
        case -1:
            days = ahead - 7
        case 0:
            days = weekday - base.first_day().isoweekday()
        case _:
            days = ahead if sign > 0 or not ahead else ahead - 7
    return day_after(base, days) or unknown


def day_of_week(base: Moment | None, weekday: int, weeks: int) -> str:
    """Return the day of "Thursday next week": of the week that lies `weeks` from that of `base`."""
    unknown = f"XXXX-WXX-{weekday}"
    if base is None or base.day is None:
        return unknown
    return day_after(base, weekday - base.first_day().isoweekday() + 7 * weeks) or unknown
