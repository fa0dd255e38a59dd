"""Dates that name their place in the calendar: days, months, years, seasons, holidays, hours."""

from __future__ import annotations

from datetime import date

from etl.tag.dates.days import interval_of, is_day
from etl.tag.dates.direction import direction, has_ended
from etl.tag.dates.holidays import holiday_date
from etl.tag.dates.numbers import Number, number_of, ordinal, year_of
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.story import Moment, Story
from etl.tag.dates.values import date_value, month_value, quarter_of, season_year, unit_value, year_beside, year_near

_CENTURY = 100
_LEAP_YEAR = 2000
_OWN_YEARS = 3
_RANGE_PIECES = 5


def mod_of(found: Found) -> str | None:
    """Return the TIMEX3 modifier of "early", "the end of": START, MID, END or another."""
    for slot in ("edge", "edgeof"):
        if slot in found.spans:
            return str(found.worth(slot))
    mod = found.rule.given.get("mod")
    return str(mod) if mod else None


def shift_of(found: Found) -> int | None:
    """Return -1, 0 or 1 for "last", "this" and "next" and their like; None if there is none."""
    for slot in ("deix_", "deix", "ana", "coming", "this"):  # Of "this coming Sunday" it is the second.
        if slot in found.spans:
            return int(found.worth(slot) or 0)
    given = found.rule.given.get("shift")
    return None if given is None else int(given)


def base_of(found: Found, story: Story) -> Moment | None:
    """Return what an expression counts from: the day of writing, or what was last spoken of."""
    if "ana" in found.spans:
        return story.there()
    here = story.here()
    if here and story.anchor and abs(here.year - story.anchor.year) <= _OWN_YEARS:
        return Moment.of(story.anchor)  # "This year" of a narrative that has come to its own days.
    return here


def full_year(found: Found, story: Story) -> int | None:
    """Return the year an expression names, in full and with "last year" counted."""
    year = year_of(found)
    if year is not None and year < _CENTURY:
        here = story.here()
        century = (here.year if here else 2000) // _CENTURY * _CENTURY
        year += century
        if here and year > here.year + 10 and not story.is_narrative:
            year -= _CENTURY
    if year is None and "yearrel" in found.spans:
        base = base_of(found, story) if shift_of(found) is not None else story.there()
        year = base.year + (shift_of(found) or 0) if base else None
    return year


def _date(found: Found, story: Story) -> Said | None:
    month = int(found.worth("month") or found.worth("suremonth") or 0)
    day = _day_of_month(found)
    year = full_year(found, story)
    if year is None and story.coming:
        year = story.coming[0] - (month > story.coming[1])
    elif year is None and (here := story.here()):
        year = guess_year(found, story, here, month, day)
    value = date_value(year, month, day)
    return Said("DATE", value, mod_of(found)) if value else None


def range_end(found: Found, follower: Found) -> tuple[int, int] | None:
    """Return the year and month of `follower` where it ends a range that `found` begins.

    "From May to July 2021", "between 3 and 7 May 2021": what begins it is of the year that ends it.
    """
    if found.kind != "date" or follower.kind not in {"date", "days"}:
        return None
    between = follower.first - found.last
    year = year_of(follower)
    if not 0 < between <= _RANGE_PIECES or year is None or year < _CENTURY:
        return None
    links = found.scene.grammar.traits["links"]
    words = [p for p in found.scene.pieces[found.last : follower.first] if not p.isspace()]
    if not words or any(word not in links for word in words):
        return None
    return year, int(follower.worth("month") or follower.worth("suremonth") or 12)


def guess_year(found: Found, story: Story, here: Moment, month: int, day: int | None) -> int:
    """Return the year of a date that names none."""
    if story.is_narrative:
        return here.year
    if has_ended(found.scene, found):
        return year_beside(here, month, day, -1)
    return year_near(here, month, day, direction(found.scene, found))


def _day_of_month(found: Found) -> int | None:
    if "day" in found.spans or "dom" in found.spans:
        return ordinal(found)
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
    month = int(found.worth("month") or 0)
    base, shift = base_of(found, story), shift_of(found)
    if base is None:
        return Said("DATE", f"XXXX-{month:02d}")
    year = year_beside(base, month, None, shift) if shift else base.year
    return Said("DATE", month_value(year, month), mod_of(found))


def _figures(found: Found, story: Story) -> Said | None:
    if "isodate" in found.spans:
        value = found.words("isodate")[0]
        if interval_of(value) is None:
            return None
        clock = found.words("clock")
        return Said("TIME", f"{value}T{clock[0][:5]}") if clock else Said("DATE", value)
    figure = found.words("figuredate")[0]
    mark = next(char for char in figure if not char.isdigit())
    first, second, year = map(int, figure.split(mark))
    if year < _CENTURY:
        if not found.scene.grammar.traits.get("day_first"):
            return None  # "1/2/93" is a day of two months.
        year += 2000 if year <= (story.anchor.year if story.anchor else 2050) % _CENTURY + 10 else 1900
    is_day_first = mark == "." or found.scene.grammar.traits.get("day_first", False)
    if first > 12 or (second <= 12 and (is_day_first or first == second)):
        value = date_value(year, second, first) if second <= 12 else None
    elif second > 12:
        value = date_value(year, first, second)
    else:
        return None
    return Said("DATE", value) if value else None


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


def _year(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    return Said("DATE", f"{year:04d}", mod_of(found)) if year else None


def _years(found: Found, story: Story) -> tuple[Said, ...]:
    """Say the two years of "1914-18": "1914" and "18"."""
    first, last = found.scene.pieces[found.first], found.scene.pieces[found.last - 1]
    year = f"{first[:2]}{last}"
    if year <= first:
        return ()
    return (
        Said("DATE", first, pieces=(found.first, found.first + 1)),
        Said("DATE", year, pieces=(found.last - 1, found.last)),
    )


def _bc(found: Found, _: Story) -> Said | None:
    year = year_of(found) or ordinal(found)
    return Said("DATE", f"BC{year:04d}", mod_of(found)) if year else None


def _decade(found: Found, story: Story) -> Said | None:
    if "decade" in found.spans:
        return Said("DATE", found.words("decade")[0][:3], mod_of(found))
    if "tenyears" in found.spans:
        digit = int(found.words("tenyears")[0][0])
    else:
        digit = int(found.worth("decadeword") or 0)
    century: Number | None = number_of(found, found.words("cent")[0]) if "cent" in found.spans else None
    if century is None:
        here = story.here()
        century = (here.year if here else 2000) // _CENTURY
        if here is None or century * 10 + digit > here.year // 10:
            century -= 1
    return Said("DATE", f"{century}{digit}", mod_of(found))


def _century(found: Found, _: Story) -> Said | None:
    number = int(found.worth("roman") or 0) or ordinal(found)
    if not number:
        return None
    if "adbc" in found.spans:
        return Said("DATE", f"BC{number - 1:02d}", mod_of(found))
    return Said("DATE", f"{number - 1:02d}", mod_of(found))


def _quarter(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    here = story.here()
    number = ordinal(found)
    if number is None:
        return _same_quarter(found, story, year)
    if number > 4 or (year is None and not _is_business(found)):
        return None  # The fourth quarter of a match.
    if year is None and here:
        year = here.year - (number == 4 and (here.month or 12) <= 3)
    value = f"{year:04d}-Q{number}" if year else f"XXXX-Q{number}"
    # Who reports a quarter names it first; what else is named later is compared with it.
    story.quarter = story.quarter or value
    story.is_quarterly = True
    return Said("DATE", value, mod_of(found))


def _is_business(found: Found) -> bool:
    business = found.scene.grammar.traits.get("business")
    return business is None or not found.scene.vocabulary.isdisjoint(business)


def _quarters(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    return Said("DATE", f"{year:04d}-H1") if year else None


def _same_quarter(_: Found, story: Story, year: int | None) -> Said:
    quarter = story.quarter or (
        quarter_of(story.anchor.year, story.anchor.month) if story.anchor else "XXXX-QX"
    )
    return Said("DATE", f"{year:04d}{quarter[4:]}" if year else quarter)


def _half(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    here = story.there()
    shown = f"{year or (here.year if here else 0):04d}" if year or here else "XXXX"
    return Said("DATE", f"{shown}-H{found.worth('halfedge')}")


def _season(found: Found, story: Story) -> Said | None:
    season = str(found.worth("season") or found.worth("sureseason"))
    year = full_year(found, story)
    base = base_of(found, story)
    if year is None and base:
        if story.is_narrative and shift_of(found) is None:
            year = base.year
        else:
            sign = direction(found.scene, found) if shift_of(found) is None else 0
            year = season_year(base, season, shift_of(found), sign)
    shown = f"{year:04d}" if year else "XXXX"
    return Said("DATE", f"{shown}-{season}", mod_of(found))


def _holiday(found: Found, story: Story) -> Said | None:
    words = " ".join(piece.lower() for piece in found.words("holiday") if piece.strip())
    rule = found.scene.grammar.holidays[words]
    year, here = full_year(found, story), story.here()
    if year is None and here:
        year = here.year
        day = holiday_date(rule, year)
        if day and not story.is_narrative:
            sign = direction(found.scene, found) if shift_of(found) is None else shift_of(found)
            year = year_near(here, day.month, day.day, sign or 0)
    day = holiday_date(rule, year or 2000)
    if day is None:
        return None
    return Said("DATE", day.isoformat() if year else f"XXXX-{day:%m-%d}")


ABSOLUTE: dict[str, Resolver] = {
    "date": _date, "days": _days, "month": _month, "figures": _figures, "daymonth": _daymonth, "year": _year,
    "years": _years, "bc": _bc, "decade": _decade, "century": _century, "quarter": _quarter, "quarters": _quarters,
    "half": _half, "season": _season, "holiday": _holiday, "fiscal": _year,
}  # fmt: skip
