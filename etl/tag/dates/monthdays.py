"""Days of a month that is not named with them: "on the 5th", "Friday the 13th", "third Monday"."""

from __future__ import annotations

from datetime import date

from etl.tag.dates.days import day_value, is_day, shift_months
from etl.tag.dates.direction import direction
from etl.tag.dates.holidays import nth_weekday
from etl.tag.dates.numbers import ordinal
from etl.tag.dates.relative import in_day, weekday_of
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import dated
from etl.tag.dates.story import Story
from etl.tag.dates.values import date_value

_NEAR_DAYS = 31
"""So near a day is meant, whatever the verb."""


def _dayalone(found: Found, story: Story) -> Said | None:
    """Say "on the 5th": of the month spoken of last; or "Friday the 13th", the nearest that is."""
    there, day = story.there(), ordinal(found)
    if there is None or there.month is None or not day:
        return None
    weekday, part = weekday_of(found)
    first = date(there.year, there.month, 1)
    if weekday:
        nearest = _nearest(found, story, weekday, day)
        return in_day(day_value(nearest), part, None) if nearest else None
    if story.is_narrative and there.day and day < there.day:
        first = shift_months(first, 1)  # On the 28th, and on the 3rd after it.
    value = date_value(first.year, first.month, day)
    return in_day(value, part, None) if value else None


def _nearest(found: Found, story: Story, weekday: int, day: int) -> date | None:
    """Return the nearest day that is, say, a Friday and the 13th, on the side that is told."""
    here, sign = story.here(), direction(found.scene, found)
    if here is None or here.month is None:
        return None
    months = (shift_months(date(here.year, here.month, 1), shift) for shift in range(-11, 12))
    days = [month.replace(day=day) for month in months if is_day(month.year, month.month, day)]
    fitting = [one for one in days if one.isoweekday() == weekday]
    return min(fitting, key=lambda one: _distance(one, here.first_day(), sign), default=None)


def _distance(day: date, here: date, sign: int) -> tuple[bool, int]:
    days = (day - here).days
    return days * sign < -_NEAR_DAYS, abs(days)


def _nthweekday(found: Found, story: Story) -> Said | None:
    """Say "the third Monday of January": its day, the month alone where the year is not known."""
    month, weekday = int(found.worth("month") or 0), int(found.worth("sureweekday") or 0)
    value = dated(found, story, month, None)
    if value is None or not value[0].isdigit():
        return Said("DATE", value) if value else None
    day = nth_weekday(int(value[:4]), month, weekday, ordinal(found) or -1)
    return Said("DATE", day_value(day)) if day.month == month else None


MONTHDAYS: dict[str, Resolver] = {
    "dayalone": _dayalone,
    "nthweekday": _nthweekday,
}
