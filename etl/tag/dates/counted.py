"""Dates so many days, weeks or years from another: "three weeks ago", "a year ago today"."""

from __future__ import annotations

from datetime import date

from etl.tag.dates.days import shift_months
from etl.tag.dates.lengths import CLOCK, length_of
from etl.tag.dates.nearest import weekday_value
from etl.tag.dates.relative import weekday_of
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import mod_of
from etl.tag.dates.story import Moment, Story
from etl.tag.dates.values import UNKNOWN, day_after, unit_value

_MONTHS = {"M": 1, "Y": 12, "DE": 120}
_DAYS = {"D": 1, "W": 7}


def _half_ago(found: Found, story: Story) -> Said | None:
    """Say "two and a half years ago": the month; of a half there is no year or week."""
    count, unit = length_of(found)
    sign = int(found.worth("sign") or 0)
    base = story.here() if "ago" in found.scene.pieces[found.first : found.last] else story.there()
    months = _MONTHS.get(unit)
    if months is None or not isinstance(count, int):
        return Said("DATE", UNKNOWN[sign])
    return Said("DATE", unit_value("M", sign * (count * months + months // 2), base))


def _ago(found: Found, story: Story) -> Said | None:
    return _counted(found, story.here(), int(found.worth("sign") or 0))


def _later(found: Found, story: Story) -> Said | None:
    return _counted(found, story.there(), int(found.worth("sign") or 0))


def _counted(found: Found, base: Moment | None, sign: int) -> Said | None:
    count, unit = length_of(found)
    if not isinstance(count, int) or unit.startswith(CLOCK):
        return Said("DATE", UNKNOWN[sign])
    return Said("DATE", unit_value(unit, sign * count, base), mod_of(found))


def _yearsago(found: Found, story: Story) -> Said | None:
    """Say "half a century ago"."""
    return Said("DATE", unit_value("Y", -int(found.rule.given["years"]), story.here()))


def _weekdayago(found: Found, story: Story) -> Said | None:
    """Say "two Fridays ago"."""
    count, _ = length_of(found)
    if not isinstance(count, int):
        return Said("DATE", UNKNOWN[-1])
    weekday = int(found.worth("weekdays") or 0)
    return Said("DATE", weekday_value(story.here(), weekday, -count, 0))


def _agoday(found: Found, story: Story) -> Said | None:
    """Say "a year ago today", "a week ago Monday"."""
    count, unit = length_of(found)
    here = story.here()
    if "dayword" in found.spans:
        day = day_after(here, int(found.worth("dayword") or 0))
    else:
        day = weekday_value(here, weekday_of(found)[0], None, -1)
    if not isinstance(count, int) or here is None or day is None or day.startswith("X"):
        return Said("DATE", UNKNOWN[-1])
    if unit in _DAYS:
        day = day_after(Moment.of(date.fromisoformat(day)), -count * _DAYS[unit])
        return Said("DATE", day or UNKNOWN[-1])
    try:
        then = shift_months(date.fromisoformat(day), -count * _MONTHS[unit])
    except (KeyError, ValueError):
        return Said("DATE", UNKNOWN[-1])
    return Said("DATE", then.isoformat())


COUNTED: dict[str, Resolver] = {
    "ago": _ago,
    "half_ago": _half_ago,
    "later": _later,
    "yearsago": _yearsago,
    "weekdayago": _weekdayago,
    "agoday": _agoday,
}
