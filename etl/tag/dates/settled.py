"""What a text says of its dates elsewhere: the years of days, and what is said by the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from etl.tag.dates.nearest import year_beside
from etl.tag.dates.numbers import ordinal, year_of
from etl.tag.dates.scan import Found
from etl.tag.dates.slots import month_of
from etl.tag.dates.story import Moment, sentence_around

_LATELY_YEARS = 5  # Who names a day of long ago may mean its anniversary next.


def settle_years(found: Sequence[Found], anchor: date | None) -> dict[tuple[int, int], int]:
    """Return the year of each day that the text settles once: of one year only, and of late."""
    years: dict[tuple[int, int], set[int]] = {}
    for one in found:
        if one.kind != "date" or not anchor or not (month := month_of(one)):
            continue
        day, year = ordinal(one) or 0, year_of(one)
        if year is None and one.rule.given.get("is_over"):
            year = year_beside(Moment.of(anchor), month, day, -1)
        if year:
            years.setdefault((month, day), set()).add(year)
            years.setdefault((month, 0), set()).add(year)
    return {
        day: min(named)
        for day, named in years.items()
        if len(named) == 1 and anchor and abs(min(named) - anchor.year) <= _LATELY_YEARS
    }


def is_aside(found: Found) -> bool:
    """Return whether an expression is said by the way: a narrative goes on where it was.

    So are "since 1938", "Braun (1938 to 1951)", "the previous year" and "a month earlier", and
    years in a sentence that looks ahead: "an invasion that would come in 1976".
    """
    scene, traits = found.scene, found.scene.grammar.traits
    before = scene.pieces[max(0, found.first - 2) : found.first]
    word = next((piece for piece in reversed(before) if not piece.isspace()), "")
    if word == "(" or word.lower() in traits.get("asides", ()) or _looks_back(found):
        return True
    prospects = traits.get("prospects")
    if not prospects or year_of(found) is None:
        return False
    first, _ = sentence_around(scene, found)
    return any(piece in prospects for piece in scene.pieces[first : found.first])


def _looks_back(found: Found) -> bool:
    if found.kind == "later":
        return found.rule.given.get("sign") == -1
    return "ana" in found.spans and found.worth("ana") == -1
