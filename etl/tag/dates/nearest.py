"""Which of many is meant: the May nearest to a day, the last Tuesday, next summer."""

from __future__ import annotations

from etl.tag.dates.story import Moment
from etl.tag.dates.values import day_after

_YEAR, _PASSED_DAYS = 12 * 31, 2 * 31
NEAR_DAYS = 3.5 * 31
"""A month so near is meant, whatever the verb: "the vote set for mid-November was put off"."""

_LAST_MONTHS = {"SP": 5, "SU": 8, "FA": 11, "WI": 14}


def year_near(
    base: Moment, month: int, day: int | None, sign: int, *, near_days: float = NEAR_DAYS
) -> int:
    """Return the year that a date without one is of: before `base`, after it, or the nearest.

    `sign` is -1, 1 or 0, and heeded only beyond `near_days`. In the month of `base` itself it is
    the same year.
    """
    if base.month is None:
        return base.year
    if month == base.month and (day is None or base.day is None):
        return base.year
    ahead = ((month - base.month) * 31 + ((day or 15) - (base.day or 15 if day else 15))) % _YEAR
    next_year = base.year + ((month, day or 0) < (base.month, (base.day or 0) if day else 0))
    is_ahead = ahead <= _YEAR / 2
    if sign and near_days < ahead < _YEAR - min(near_days, _PASSED_DAYS):
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

    "last Tuesday" (`shift` -1) is never the day of `base`, "the Tuesday before last" (-2) is a week
    earlier; "next Tuesday", and a Tuesday in a sentence about what is to come (`sign` 1), is the
    first after it; "this Tuesday" is of its week.
    """
    unknown = f"XXXX-WXX-{weekday}"
    if base is None or base.day is None:
        return unknown
    ahead = (weekday - base.first_day().isoweekday()) % 7
    match shift:
        case 1:
            days = ahead or 7
        case 0:
            days = weekday - base.first_day().isoweekday()
        case int() if shift < 0:
            days = ahead + 7 * shift
        case _:
            days = ahead if sign > 0 or not ahead else ahead - 7
    return day_after(base, days) or unknown


def day_of_week(base: Moment | None, weekday: int, weeks: int) -> str:
    """Return the day of "Thursday next week": of the week that lies `weeks` from that of `base`."""
    unknown = f"XXXX-WXX-{weekday}"
    if base is None or base.day is None:
        return unknown
    return day_after(base, weekday - base.first_day().isoweekday() + 7 * weeks) or unknown
