"""Dates that name a day or month: "7 October 2023", "early May", "3/14/2023", "May 3-5"."""

from __future__ import annotations

from datetime import date

from etl.tag.dates.days import interval_of, is_day, week_value
from etl.tag.dates.nearest import year_beside
from etl.tag.dates.numbers import number_of, ordinal
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import (
    CENTURY,
    base_of,
    dated,
    full_year,
    guess_year,
    mod_of,
    month_of,
    shift_of,
)
from etl.tag.dates.story import Story
from etl.tag.dates.values import date_value

_LEAP_YEAR = 2000
_AHEAD_YEARS = 10


def say_date(found: Found, story: Story) -> Said | None:
    """Say "7 October 2023", "early May"."""
    month = month_of(found)
    day = _day_of_month(found)
    year = full_year(found, story)
    if year is None and story.coming:
        year = story.coming[0] - (month > story.coming[1])
    elif year is None and (here := story.here()):
        year = guess_year(found, story, here, month, day)
    value = date_value(year, month, day)
    return Said("DATE", value, mod_of(found)) if value else None


def _day_of_month(found: Found) -> int | None:
    if "day" in found.spans or "dom" in found.spans:
        named = ordinal(found)
        if named is None and found.words("day"):  # "il primo maggio", "le premier mai"
            named = int(number_of(found, found.words("day")[0]) or 0)
        return named or None
    return None


def _days(found: Found, story: Story) -> tuple[Said, ...]:
    """Say the two days of "May 3-5": "May 3" and "5"."""
    month = int(found.worth("month") or 0)
    year = full_year(found, story)
    here = story.here()
    places = [found.spans["dom"][0], found.spans["dom_"][0]]
    if year is None and here:
        year = guess_year(found, story, here, month, int(found.scene.pieces[places[0]]))
    ends = (found.first, places[0] + 1), (places[1], found.last)
    said = []
    for place, pieces in zip(places, ends, strict=True):
        if value := date_value(year, month, int(found.scene.pieces[place])):
            said.append(Said("DATE", value, pieces=pieces))
    return tuple(said)


def _month(found: Found, story: Story) -> Said | None:
    month, day = int(found.worth("month") or 0), _day_of_month(found)
    base, shift = base_of(found, story), shift_of(found)
    year = None
    if base is not None:
        year = year_beside(base, month, day, shift) if shift else base.year
    value = date_value(year, month, day)
    return Said("DATE", value, mod_of(found)) if value else None


def _weekof(found: Found, story: Story) -> Said | None:
    """Say "the week of Oct. 3": the calendar week that day is of."""
    month = int(found.worth("month") or 0)
    value = dated(found, story, month, _day_of_month(found))
    if value is None or not value[0].isdigit():
        return Said("DATE", "XXXX-WXX") if value else None
    return Said("DATE", week_value(date.fromisoformat(value)))


def say_figures(found: Found, story: Story) -> Said | None:
    """Say "7/10/2023"; nothing for what may be two days."""
    if "isodate" in found.spans:
        return _iso(found)
    figure = found.words("figuredate")[0]
    mark = next(char for char in figure if not char.isdigit())
    first, second, year = map(int, figure.split(mark))
    is_day_first = mark == "." or bool(found.scene.grammar.traits.get("day_first"))
    if year < CENTURY:
        year = _full(year, story)
    day_first, month_first = date_value(year, second, first), date_value(year, first, second)
    if is_day_first or first == second:
        value = day_first or month_first
    else:
        value = None if day_first and month_first else day_first or month_first
    return Said("DATE", value) if value else None


def _iso(found: Found) -> Said | None:
    day, clock = found.words("isodate")[0], found.words("clock")
    if interval_of(day) is None:
        return None
    return Said("TIME", f"{day}T{clock[0][:5]}") if clock else Said("DATE", day)


def _full(short_year: int, story: Story) -> int:
    """Return the year of "07.10.23": at most ten years after the day of writing."""
    here = story.anchor.year if story.anchor else _LEAP_YEAR
    latest = here + _AHEAD_YEARS
    return latest - (latest - short_year) % CENTURY


def _daymonth(found: Found, story: Story) -> Said | None:
    """Say the day of "7.10.", which must be one."""
    figure = (found.words("daymonth") or found.words("dotclock"))[0]
    day, month = map(int, figure.split("."))
    if not is_day(_LEAP_YEAR, month, day):
        return None
    here = story.here()
    year = guess_year(found, story, here, month, day) if here else None
    value = date_value(year, month, day)
    return Said("DATE", value) if value else None


ABSOLUTE: dict[str, Resolver] = {
    "date": say_date,
    "days": _days,
    "month": _month,
    "weekof": _weekof,
    "figures": say_figures,
    "daymonth": _daymonth,
}
