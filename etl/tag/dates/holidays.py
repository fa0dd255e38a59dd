"""Holidays: the rule each follows, and its day in a year."""

from __future__ import annotations

from datetime import date, timedelta

from etl.tag.dates.days import is_day


def holiday_date(rule: str, year: int) -> date | None:
    """Return the day of a holiday in `year`, None if it has none there.

    Args:
        rule: "12-25" a day; "11 4 4" the fourth Thursday of November (month, ISO weekday, which;
            -1 is the last), "11 4 4+1" the day after; "easter+1" days from Easter Sunday, "pascha"
            from that of the Orthodox churches.
        year: of the Gregorian calendar.
    """
    if not 1 <= year <= 9999:  # noqa: PLR2004 - what `date` can hold
        return None
    for name, sunday in (("easter", easter), ("pascha", pascha)):
        if rule.startswith(name):
            return sunday(year) + timedelta(days=int(rule[len(name) :] or 0))
    if " " in rule:
        rule, _, later = rule.partition("+")
        month, weekday, which = map(int, rule.split())
        return nth_weekday(year, month, weekday, which) + timedelta(days=int(later or 0))
    month, day = map(int, rule.split("-"))
    return date(year, month, day) if is_day(year, month, day) else None


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """Return the day of, say, the third Monday of a month; -1 is the last.

    The fifth may be of the month after, as not every month has one.
    """
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Return Easter Sunday of the Western churches: the Gregorian rule, any year."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    # How far the calendar moon lags: skipped leap days, less the moon's own slow correction.
    shift = century - century // 4 - (8 * century + 13) // 25
    full_moon = (19 * golden + shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - full_moon - rest % 4) % 7
    # The two cases in which the reform takes the moon a week earlier.
    late = (golden + 11 * full_moon + 22 * weekday) // 451
    month, day = divmod(full_moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def pascha(year: int) -> date:
    """Return Easter Sunday of the Orthodox churches: the Julian rule, in the Gregorian calendar."""
    full_moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - full_moon + 34) % 7
    month, day = divmod(full_moon + weekday + 114, 31)
    # Julian days lag by the leap days that the reform dropped: 13 from 1900 to 2099.
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)
