"""Dates that count from another: from the day of writing, or from what was last spoken of."""

from __future__ import annotations

from datetime import date

from etl.tag.dates.absolute import base_of, full_year, guess_year, mod_of, shift_of
from etl.tag.dates.direction import direction
from etl.tag.dates.lengths import clock_time, length_of
from etl.tag.dates.numbers import ordinal
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.story import Moment, Story
from etl.tag.dates.values import (
    UNKNOWN,
    date_value,
    day_after,
    unit_value,
    weekday_value,
)

_CLOCK = "T"
_WORKDAYS = 5


def in_day(value: str, part: str | None, mod: str | None) -> Said:
    """Return a day, or the part of it that is named: "2023-10-07TMO"."""
    if part is None:
        return Said("DATE", value, mod)
    day = value if value[0].isdigit() or value[0] == "X" else "XXXX-XX-XX"
    return Said("TIME", day + part, mod)


def part_of(found: Found) -> str | None:
    """Return the code of the part of the day that is named, None if none is."""
    slots = ("part", "cappart", "dailypart", "parts")
    return next((str(found.worth(slot)) for slot in slots if found.has(slot)), None)


def _dayword(found: Found, story: Story) -> Said | None:
    shift = int(found.worth("dayword" if "dayword" in found.spans else "shift") or 0)
    # In a narrative it is in the words of somebody then, or of its own days at large.
    value = unit_value("D", shift, None if story.is_narrative else story.here())
    if story.is_narrative:
        value = "XXXX-XX-XX" if shift else "PRESENT_REF"
    return in_day(value, part_of(found), mod_of(found))


def _weekday(found: Found, story: Story) -> Said | None:
    number, part = weekday_of(found)
    shift = shift_of(found)
    sign = direction(found.scene, found) if shift is None else 0
    value = weekday_value(base_of(found, story), number, shift, sign)
    return in_day(value, part, mod_of(found))


def weekday_of(found: Found) -> tuple[int, str | None]:
    """Return the ISO weekday, and the part of the day; German has both in a word: "1TEV"."""
    if "weekdaypart" in found.spans:
        both = str(found.worth("weekdaypart"))
        return int(both[0]), both[1:]
    slots = ("sureweekday", "weekday", "dayname", "weekend")
    number = next((found.worth(slot) for slot in slots if slot in found.spans), 0)
    return int(number or 0), part_of(found)


def _unit(found: Found, story: Story) -> Said | None:
    unit = str(found.worth("unit"))
    shift = shift_of(found)
    return Said("DATE", unit_value(unit, shift or 0, base_of(found, story)), mod_of(found))


def _this(found: Found, story: Story) -> Said | None:
    unit = str(found.worth("thisunit") or found.worth("unit"))
    base = story.here()
    if unit == "Y":
        story.is_quarterly = False
    if unit == "WE" and base and not story.is_narrative:
        # "The weekend" is the last one, or the one that is.
        day = day_after(base, -_WORKDAYS)
        base = Moment.of(date.fromisoformat(day)) if day else None
    return Said("DATE", unit_value(unit, 0, base), mod_of(found))


def _part(found: Found, story: Story) -> Said | None:
    shift = shift_of(found)
    base = base_of(found, story) if shift is not None else story.there()
    return in_day(unit_value("D", shift or 0, base), part_of(found), mod_of(found))


def _partof(found: Found, story: Story) -> Said | None:
    month = int(found.worth("month") or 0)
    day = ordinal(found)
    value = dated(found, story, month, day)
    return in_day(value, part_of(found) or "TNI", None) if value else None


def dated(found: Found, story: Story, month: int, day: int | None) -> str | None:
    """Return the value of a day, its year guessed where it is not said."""
    year, here = full_year(found, story), story.here()
    if year is None and here:
        year = guess_year(found, story, here, month, day)
    return date_value(year, month, day)


def _clockdate(found: Found, story: Story) -> Said | None:
    value = dated(found, story, int(found.worth("month") or 0), ordinal(found))
    time = clock_time(found)
    return Said("TIME", value + time) if value and time else None


def _clockday(found: Found, story: Story) -> Said | None:
    if "weekday" in found.spans:
        day = _weekday(found, story)
    elif "dayword" in found.spans:
        day = _dayword(found, story)
    else:
        day = _part(found, story)
    time = clock_time(found)
    return Said("TIME", day.value.partition("T")[0] + time) if day and time else None


def _ago(found: Found, story: Story) -> Said | None:
    return _counted(found, story.here(), int(found.worth("sign") or 0))


def _later(found: Found, story: Story) -> Said | None:
    return _counted(found, story.there(), int(found.worth("sign") or 0))


def _counted(found: Found, base: Moment | None, sign: int) -> Said | None:
    count, unit = length_of(found)
    if not isinstance(count, int) or unit.startswith(_CLOCK):
        return Said("DATE", UNKNOWN[sign])
    mod = "APPROX" if "approx" in found.spans else None
    return Said("DATE", unit_value(unit, sign * count, base), mod)


def _yearago(_: Found, story: Story) -> Said | None:
    if story.quarter and story.is_quarterly:
        return Said("DATE", _year_before(story.quarter))
    return Said("DATE", unit_value("Y", -1, story.here()))


def _quarterago(found: Found, story: Story) -> Said | None:
    quarter = story.quarter or _own_quarter(story)
    year = full_year(found, story)
    if year:
        return Said("DATE", f"{year:04d}{quarter[4:]}")
    return Said("DATE", _year_before(quarter))


def _latest(_: Found, story: Story) -> Said | None:
    if story.is_narrative and not story.quarter:
        return None
    return Said("DATE", story.quarter or _own_quarter(story))


def _own_quarter(story: Story) -> str:
    """Return the last quarter that was over on the day of writing."""
    return unit_value("Q", -1, Moment.of(story.anchor)) if story.anchor else "XXXX-QX"


def _year_before(quarter: str) -> str:
    year = quarter[:4]
    return f"{int(year) - 1:04d}{quarter[4:]}" if year.isdigit() else quarter


def _nthday(_: Found, story: Story) -> Said | None:
    return Said("DATE", unit_value("D", 0, story.here()))


def _yearend(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    here = story.here()
    return Said("DATE", f"{year or here.year:04d}" if year or here else "XXXX", "END")


RELATIVE: dict[str, Resolver] = {
    "dayword": _dayword, "weekday": _weekday, "unit": _unit, "this": _this, "part": _part,
    "partof": _partof, "ago": _ago, "later": _later, "yearago": _yearago,
    "quarterago": _quarterago, "latest": _latest, "nthday": _nthday, "yearend": _yearend, "clockdate": _clockdate, "clockday": _clockday,
}  # fmt: skip
