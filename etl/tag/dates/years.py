"""Years and what is counted by them: decades, centuries, halves, seasons, holidays."""

from __future__ import annotations

from datetime import date

from etl.tag.dates.direction import direction
from etl.tag.dates.feasts import beside, feast_near, feast_of_year
from etl.tag.dates.holidays import holiday_date
from etl.tag.dates.nearest import season_year, year_beside, year_near
from etl.tag.dates.numbers import Number, number_of, ordinal, year_of
from etl.tag.dates.quarters import is_business
from etl.tag.dates.resolve import Resolver, Said
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import CENTURY, base_of, full_year, mod_of, shift_of
from etl.tag.dates.story import Moment, Story

_LEAP_YEAR = 2000
_SOON_YEARS = 2
_FEAST = "feast "


def _year(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    return Said("DATE", f"{year:04d}", mod_of(found)) if year else None


def _years(found: Found, _: Story) -> tuple[Said, ...]:
    """Say the two years of "1914-18": "1914" and "18"."""
    first, last = found.scene.pieces[found.first], found.scene.pieces[found.last - 1]
    year = f"{first[:2]}{last}"
    if year <= first:
        return ()
    return (
        Said("DATE", first, pieces=(found.first, found.first + 1)),
        Said("DATE", year, pieces=(found.last - 1, found.last)),
    )


def _yearpair(found: Found, _: Story) -> Said | None:
    """Say the season "2023/24": both years; of "2023/17" there is none."""
    first, last = found.words("yearpair")[0].split("/")
    last = first[: -len(last)] + last if len(last) < len(first) else last
    return Said("DATE", f"{first}/{last}") if int(last) == int(first) + 1 else None


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
    century: Number | None = (
        number_of(found, found.words("cent")[0]) if "cent" in found.spans else None
    )
    if century is None:
        century = _century_of(digit, story)
    return Said("DATE", f"{century}{digit}", mod_of(found))


def _century_of(digit: int, story: Story) -> int:
    """Return the century of "the '90s": the decade that is or was last, or is about to begin.

    In 1989 they were the coming ones, and nobody spoke of the 1890s so.
    """
    here = story.here()
    soon = (here.year if here else _LEAP_YEAR - 1) + _SOON_YEARS
    century = soon // CENTURY
    return century - (century * 10 + digit > soon // 10)


def _century(found: Found, _: Story) -> Said | None:
    number = int(found.worth("roman") or found.worth("secolo") or 0) or ordinal(found)
    if not number:
        return None
    if "adbc" in found.spans:
        return Said("DATE", f"BC{number - 1:02d}", mod_of(found))
    return Said("DATE", f"{number - 1:02d}", mod_of(found))


def _yearend(found: Found, story: Story) -> Said | None:
    year, here = full_year(found, story), story.here()
    if year is None and here:
        year = here.year - int(found.rule.given.get("back", 0))
    return Said("DATE", f"{year:04d}" if year else "XXXX", "END")


def _half(found: Found, story: Story) -> Said | None:
    year = full_year(found, story)
    if year is None and not is_business(found, least=2):
        return None  # The first half of a match; "profit" alone may be made of a corner.
    here = story.here()
    shown = f"{year or (here.year if here else 0):04d}" if year or here else "XXXX"
    return Said("DATE", f"{shown}-H{found.worth('halfedge')}")


def _season(found: Found, story: Story) -> Said | None:
    season = str(found.worth("season") or found.worth("sureseason"))
    year = full_year(found, story)
    base = base_of(found, story)
    if year is None and story.coming:
        year = story.coming[0]  # "The spring and summer of 1979."
    if year is None and base:
        if story.is_narrative and shift_of(found) is None:
            year = base.year
        else:
            sign = direction(found.scene, found) if shift_of(found) is None else 0
            year = season_year(base, season, shift_of(found), sign)
    shown = f"{year:04d}" if year else "XXXX"
    return Said("DATE", f"{shown}-{season}", mod_of(found))


def _holiday(found: Found, story: Story) -> Said | None:
    words = " ".join(piece.lower() for piece in found.words("holiday") if piece.strip(" \n-"))
    rule = found.scene.grammar.holidays[words]
    if rule.startswith(_FEAST):
        return _feast(found, story, rule.removeprefix(_FEAST))
    year = full_year(found, story)
    if year is None and (here := story.here()):
        year = _holiday_year(found, story, here, rule)
    day = holiday_date(rule, year or _LEAP_YEAR)
    if day is None:
        return None
    return Said("DATE", day.isoformat() if year else f"XXXX-{day:%m-%d}")


def _feast(found: Found, story: Story, name: str) -> Said:
    """Say a feast that follows the moon, in the year that is named or nearest to what is told."""
    year, here, shift = full_year(found, story), story.here(), shift_of(found)
    day = here.first_day() if here else None
    if year is None and day is None:
        return Said("DATE", "XXXX-XX-XX")
    if year is None and here and story.is_narrative and shift is None:
        year = here.year
    if year is not None:
        feast = feast_of_year(name, year, near=day)
    elif shift and day:
        feast = beside(name, day, shift)
    else:
        feast = feast_near(name, day, sign=direction(found.scene, found)) if day else None
    if feast is None:  # Nobody computed that year: somewhere in it.
        return Said("DATE", f"{year or (day or date.min).year:04d}-XX-XX", mod_of(found))
    return Said("DATE", feast.value, mod_of(found), days=feast.days)


def _holiday_year(found: Found, story: Story, here: Moment, rule: str) -> int:
    day = holiday_date(rule, here.year)
    if day is None or story.is_narrative:
        return here.year
    if found.rule.given.get("is_over"):
        return year_beside(here, day.month, day.day, -1)
    shift = shift_of(found)
    sign = direction(found.scene, found) if shift is None else shift
    return year_near(here, day.month, day.day, sign)


YEARS: dict[str, Resolver] = {
    "year": _year,
    "fiscal": _year,
    "years": _years,
    "yearpair": _yearpair,
    "bc": _bc,
    "decade": _decade,
    "century": _century,
    "yearend": _yearend,
    "half": _half,
    "season": _season,
    "holiday": _holiday,
}
