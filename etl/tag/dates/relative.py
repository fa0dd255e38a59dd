"""Dates that count from another: from the day of writing, or from what was last spoken of."""

from __future__ import annotations

from datetime import date

from etl.tag.dates.direction import direction
from etl.tag.dates.nearest import day_of_week, weekday_value
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import base_of, mod_of, part_of, shift_of
from etl.tag.dates.story import Moment, Story
from etl.tag.dates.values import day_after, unit_value

_WORKDAYS, _DAYS_A_WEEK = 5, 7
_RANGE_PIECES = 3


def in_day(value: str, part: str | None, mod: str | None) -> Said:
    """Return a day, or the part of it that is named: "2023-10-07TMO"."""
    if part is None:
        return Said("DATE", value, mod)
    day = value if value[0].isdigit() or value[0] == "X" else "XXXX-XX-XX"
    return Said("TIME", day + part, mod)


def say_dayword(found: Found, story: Story) -> Said | None:
    """Say "yesterday", "tomorrow morning"."""
    shift = int(found.worth("dayword" if "dayword" in found.spans else "shift") or 0)
    # In a narrative it is in the words of somebody then, or of its own days at large.
    value = unit_value("D", shift, None if story.is_narrative else story.here())
    if story.is_narrative:
        value = "XXXX-XX-XX" if shift else "PRESENT_REF"
    return in_day(value, part_of(found), mod_of(found))


def say_weekday(found: Found, story: Story) -> Said | None:
    """Say "Tuesday", "last Tuesday night"."""
    number, part = weekday_of(found)
    shift = shift_of(found)
    base = base_of(found, story)
    if found.rule.given.get("of") == "any":
        value = f"XXXX-WXX-{number}"  # "Votes are held on a Tuesday."
    elif found.rule.given.get("of") == "week" and shift is not None:
        value = day_of_week(base, number, shift)
    else:
        sign = direction(found.scene, found) if shift is None else 0
        value = _not_before(found, story, weekday_value(base, number, shift, sign))
    return in_day(value, part, mod_of(found))


def _not_before(found: Found, story: Story, day: str) -> str:
    """Return `day`, or a week later where it ends a range: "from Monday through Friday"."""
    if not story.day or not 0 < found.first - story.day_place <= _RANGE_PIECES:
        return day
    between = [piece for piece in found.scene.pieces[story.day_place : found.first] if piece != " "]
    is_range = len(between) == 1 and between[0] in found.scene.grammar.traits.get("spans", ())
    if is_range and day < story.day.first_day().isoformat():
        return day_after(Moment.of(date.fromisoformat(day)), _DAYS_A_WEEK) or day
    return day


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
    unit = str(found.worth("midunit") or found.worth("thisunit") or found.worth("unit"))
    base = story.here()
    if unit == "Y":
        story.is_quarterly = False
    if unit == "WE" and base and not story.is_narrative:
        # "The weekend" is the last one, or the one that is.
        day = day_after(base, -_WORKDAYS)
        base = Moment.of(date.fromisoformat(day)) if day else None
    return Said("DATE", unit_value(unit, 0, base), mod_of(found))


def say_part(found: Found, story: Story) -> Said | None:
    """Say "this morning", "that night"."""
    shift = shift_of(found)
    base = base_of(found, story) if shift is not None else story.there()
    if base and base.day is None and not story.is_narrative:
        base = story.here()  # "In the morning", when a month was spoken of last, is today's.
    return in_day(unit_value("D", shift or 0, base), part_of(found), mod_of(found))


def _nthday(_: Found, story: Story) -> Said | None:
    return Said("DATE", unit_value("D", 0, story.here()))


RELATIVE: dict[str, Resolver] = {
    "dayword": say_dayword,
    "weekday": say_weekday,
    "unit": _unit,
    "this": _this,
    "part": say_part,
    "nthday": _nthday,
}
