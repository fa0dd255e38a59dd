"""Values of expressions that count from the publication day, which may be unknown."""

from __future__ import annotations

from datetime import date, timedelta

from etl.records import TimexType
from etl.tag.days import day_value, shift_months, week_value
from etl.tag.english_words import PARTS_OF_DAY, SEASONS

UNKNOWN = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
_PLACEHOLDERS = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}
_LAST_MONTHS = {"SP": 5, "SU": 8, "FA": 11, "WI": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "centurie": 1200}


def calendar_value(unit: str, shift: int, anchor: date | None) -> str:
    """Return the value of the `unit` ("week") that lies `shift` of them from the anchor's.

    Without an anchor, and outside the years 1 to 9999: a placeholder or a reference.
    """
    unknown = _PLACEHOLDERS.get(unit, "PRESENT_REF") if not shift else UNKNOWN[_sign(shift)]
    if anchor is None:
        return unknown
    try:
        if unit in _MONTHS:
            return _of_months(unit, shift_months(anchor.replace(day=1), shift * _MONTHS[unit]))
        if unit == "day":
            return day_value(anchor + timedelta(days=shift))
        value = week_value(anchor + timedelta(weeks=shift))
    except (ValueError, OverflowError):
        return unknown  # "5,000 years ago" is before the calendar begins.
    return f"{value}-WE" if unit == "weekend" else value


def _of_months(unit: str, day: date) -> str:
    year = f"{day.year:04d}"
    match unit:
        case "month":
            return f"{year}-{day.month:02d}"
        case "quarter":
            return f"{year}-Q{(day.month + 2) // 3}"
        case "year":
            return year
        case "decade":
            return year[:3]
        case _:
            return year[:2]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def month_value(month: int, shift: int, anchor: date | None) -> str:
    """Return the value of a month: the nearest to the anchor, or the last or next one."""
    if anchor is None:
        return f"XXXX-{month:02d}"
    distance = (month - anchor.month) % 12
    if shift < 0:
        distance = distance - 12
    elif shift == 0 and distance > 6:  # noqa: PLR2004 - half a year
        distance -= 12
    elif shift > 0 and distance == 0:
        distance = 12
    try:
        day = shift_months(anchor.replace(day=1), distance)
    except ValueError:
        return f"XXXX-{month:02d}"
    return f"{day.year:04d}-{day.month:02d}"


def season_value(season: str, shift: int, anchor: date | None) -> str:
    """Return the value of "last summer"; it covers no days, as no hemisphere is named."""
    code = SEASONS[season]
    if anchor is None:
        return f"XXXX-{code}"
    # "Last summer", said in October, was this year's; "next summer", said in May, is.
    is_over, is_ahead = anchor.month > _LAST_MONTHS[code], anchor.month < _LAST_MONTHS[code] - 2
    if (shift < 0 and is_over) or (shift > 0 and is_ahead):
        shift = 0
    year = calendar_value("year", shift, anchor)
    return f"{year}-{code}" if year.isdigit() else f"XXXX-{code}"


def weekday_value(weekday: int, when: str | None, anchor: date | None, *, is_ahead: bool) -> str:
    """Return the value of a weekday (1 is Monday): the latest, the anchor's own included.

    "last Tuesday" is never the anchor's day; "next Tuesday", and a Tuesday in a sentence about
    what is to come (`is_ahead`), is the first after it; "this Tuesday" is of the anchor's week.
    """
    if anchor is None:
        return f"XXXX-WXX-{weekday}"
    ahead = (weekday - anchor.isoweekday()) % 7
    match when:
        case "next":
            days = ahead or 7
        case "last":
            days = ahead - 7
        case "this":
            days = weekday - anchor.isoweekday()
        case _:
            days = ahead if is_ahead or not ahead else ahead - 7
    try:
        return day_value(anchor + timedelta(days=days))
    except OverflowError:
        return f"XXXX-WXX-{weekday}"


def part_of_day(value: str, part: str | None) -> tuple[TimexType, str]:
    """Return the type and value of a day, or of a part of it: "2023-10-07TMO"."""
    if part is None:
        return "DATE", value
    day = value if value[0].isdigit() or value[0] == "X" else "XXXX-XX-XX"
    return "TIME", day + PARTS_OF_DAY[part]
