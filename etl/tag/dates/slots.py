"""What the slots of an expression say, whatever its kind: its year, its modifier, its base."""

from __future__ import annotations

from etl.tag.dates.direction import direction, has_ended, opens_sentence
from etl.tag.dates.nearest import NEAR_DAYS, year_beside, year_near
from etl.tag.dates.numbers import year_of
from etl.tag.dates.scan import Found
from etl.tag.dates.story import Moment, Story
from etl.tag.dates.values import date_value

CENTURY = 100
_OWN_YEARS = 3
_YEAR_TURNS = 9
"""A narrative that told of December and says "in January" has come to the next year."""
_RANGE_PIECES = 5
_RANGE_ENDS = {"date": ("date", "days"), "season": ("season",)}
_YEAR_MONTHS, _FAR_MONTHS = 12, 3


def mod_of(found: Found) -> str | None:
    """Return the TIMEX3 modifier of "early", "the end of", "more than"; None if there is none."""
    for slot in ("edge", "edgeof"):
        if slot in found.spans:
            return str(found.worth(slot))
    modifiers = found.scene.grammar.modifiers
    for slot in ("edges", "approx", "orso"):
        if slot not in found.spans:
            continue
        words = " ".join(piece.lower() for piece in found.words(slot) if not piece.isspace())
        for phrase in (words, *words.split()):
            if phrase in modifiers:
                return modifiers[phrase]
    mod = found.rule.given.get("mod")
    return str(mod) if mod else None


def shift_of(found: Found) -> int | None:
    """Return -1, 0 or 1 for "last", "this" and "next" and their like; None if there is none."""
    for slot in (
        "deix_",
        "deix",
        "ana",
        "coming",
        "this",
    ):  # Of "this coming Sunday" it is the second.
        if slot in found.spans:
            return int(found.worth(slot) or 0)
    given = found.rule.given.get("shift")
    return None if given is None else int(given)


def base_of(found: Found, story: Story) -> Moment | None:
    """Return what an expression counts from: the day of writing, or what was last spoken of."""
    if "ana" in found.spans or found.rule.given.get("from") == "last":
        return story.there()
    here = story.here()
    if here and story.anchor and abs(here.year - story.anchor.year) <= _OWN_YEARS:
        return Moment.of(story.anchor)  # "This year" of a narrative that has come to its own days.
    return here


def full_year(found: Found, story: Story) -> int | None:
    """Return the year an expression names, in full and with "last year" counted."""
    year = year_of(found)
    if year is not None and year < CENTURY:
        here = story.here()
        century = (here.year if here else 2000) // CENTURY * CENTURY
        year += century
        if here and year > here.year + 10 and not story.is_narrative:
            year -= CENTURY
    if year is None and "yearrel" in found.spans:
        base = base_of(found, story) if shift_of(found) is not None else story.there()
        year = base.year + (shift_of(found) or 0) if base else None
    return year


def guess_year(found: Found, story: Story, here: Moment, month: int, day: int | None) -> int:
    """Return the year of a date that names none."""
    if story.is_narrative:
        return here.year + (here.month is not None and here.month - month >= _YEAR_TURNS)
    if day and (month, day) in story.dated:
        return story.dated[month, day]  # "The attack of Oct. 7, 2023" makes "Oct. 7" that one.
    if found.rule.given.get("is_over") and day is None:
        return here.year - (month > (here.month or month))  # "Since May", said in May, is of it.
    if day and (month, 0) in story.dated and _is_far(here, month):
        return story.dated[month, 0]  # "The unrest of July 2021" makes a "July 8" of November that.
    if has_ended(found.scene, found) or found.rule.given.get("is_over"):
        return year_beside(here, month, day, -1)
    near_days = 0 if opens_sentence(found.scene, found) else NEAR_DAYS
    return year_near(here, month, day, direction(found.scene, found), near_days=near_days)


def _is_far(here: Moment, month: int) -> bool:
    """Return whether a month is so far, before and after, that another year of it may be meant."""
    months = (month - (here.month or month)) % _YEAR_MONTHS
    return _FAR_MONTHS <= months <= _YEAR_MONTHS - _FAR_MONTHS


def dated(found: Found, story: Story, month: int, day: int | None) -> str | None:
    """Return the value of a day, its year guessed where it is not said."""
    year, here = full_year(found, story), story.here()
    if year is None and here:
        year = guess_year(found, story, here, month, day)
    return date_value(year, month, day)


def range_end(found: Found, follower: Found) -> tuple[int, int] | None:
    """Return the year and month of `follower` where it ends a range that `found` begins.

    "From May to July 2021", "between 3 and 7 May 2021": what begins it is of the year that ends it.
    """
    if follower.kind not in _RANGE_ENDS.get(found.kind, ()):
        return None
    between = follower.first - found.last
    year = year_of(follower)
    if not 0 < between <= _RANGE_PIECES or year is None or year < CENTURY:
        return None
    links = found.scene.grammar.traits["links"]
    words = [p for p in found.scene.pieces[found.last : follower.first] if not p.isspace()]
    if not words or any(word not in links for word in words):
        return None
    return year, month_of(follower) or 12


def month_of(found: Found) -> int:
    """Return the month an expression names, 0 if it names none."""
    slots = ("month", "suremonth", "shortmonth")
    return next((int(found.worth(slot) or 0) for slot in slots if slot in found.spans), 0)


def part_of(found: Found) -> str | None:
    """Return the code of the part of the day that is named, None if none is."""
    slots = ("part", "cappart", "dailypart", "parts", "daypart", "daypoint")
    return next((str(found.worth(slot)) for slot in slots if found.has(slot)), None)
