"""What a reader keeps in mind on the way through a text: when it was written, what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from etl.tag.dates.scan import Found, Scene

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIN_YEARS, _MIN_LATE_YEARS = 3, 10
_LATELY_YEARS = 10
_YEAR_SLOTS = ("year", "earlyyear")
_YEARS, _DEICTIC = frozenset(_YEAR_SLOTS), frozenset({"deix", "this"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year: what is not known of it is None."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> Moment:
        """Return the moment of a day."""
        return cls(day.year, day.month, day.day)

    def first_day(self) -> date:
        """Return its first day."""
        return date(self.year, self.month or 1, self.day or 1)


@dataclass(slots=True)
class Story:
    """The text so far. `anchor` is the day of writing, `last` the moment last spoken of.

    In a narrative ("in the spring he crossed the river") what is not said is taken from `last`; in
    news, from the day of writing. `latest` is the same but for an `aside`: a moment far
    from `last` that was named once, of which only "that year" and "a week later" speak. `coming`
    are the year and month that end a range ("May to July 2021") whose beginning is being read.
    `dated` are the years of days that the text names with one, anywhere.
    `day` is the last day that was named, and `day_place` the piece it ended with;
    `day_ahead` the date that comes right after the hour being read ("at 5 a.m. on October 3").
    `quarter` is the business quarter the text reports; `is_quarterly` whether figures of a quarter,
    not of a year, were the last spoken of.
    """

    anchor: date | None
    is_narrative: bool
    last: Moment | None = None
    latest: Moment | None = None
    aside: Moment | None = None
    coming: tuple[int, int] | None = None
    day_ahead: Found | None = None
    quarter: str | None = None
    is_quarterly: bool = False
    day: Moment | None = None
    day_place: int = 0
    dated: dict[tuple[int, int], int] = field(default_factory=dict)

    def here(self) -> Moment | None:
        """Return the moment that what is not said is taken from."""
        if self.is_narrative and self.last:
            return self.last
        return Moment.of(self.anchor) if self.anchor else None

    def note_day(self, value: str, place: int) -> None:
        """Remember a day that was named, and the piece it ended with: an hour may follow."""
        if _DAY.fullmatch(value):
            self.day, self.day_place = Moment.of(date.fromisoformat(value)), place

    def there(self) -> Moment | None:
        """Return the moment "that day" or "a week later" counts from."""
        return self.latest or (Moment.of(self.anchor) if self.anchor else None)


def is_narrative(found: Sequence[Found], anchor: date | None) -> bool:
    """Return whether a text tells of the past rather than of its own days.

    It does when it names years by number, most of them long past, more often than it counts from
    the day of writing ("yesterday", "last week", "on Tuesday").
    """
    years = [int(one.words(slot)[0]) for one in found for slot in _YEAR_SLOTS if slot in one.spans]
    ancient = sum(1 for one in found if one.kind == "bc")
    past = ancient + sum(1 for year in years if anchor is None or year < anchor.year)
    # What happened lately is told as news, however many years are named.
    is_recent = anchor is not None and bool(years) and median(years) >= anchor.year - _LATELY_YEARS
    if len(years) + ancient < (_MIN_LATE_YEARS if is_recent else _MIN_YEARS):
        return False
    own = sum(map(_own_days, found)) * (2 if is_recent else 1)
    return past > (len(years) + ancient) / 2 and past > own


def _own_days(found: Found) -> int:
    """Return how much an expression speaks for a text that tells of its own days: 0, 1 or 2."""
    if found.rule.given.get("value") == "PRESENT_REF":
        return 1
    is_near = found.kind in {"unit", "month", "season"} and not _DEICTIC.isdisjoint(found.spans)
    is_quarter = found.kind == "quarter" and _YEARS.isdisjoint(found.spans)
    is_own = is_near or is_quarter or found.kind in {"dayword", "weekday", "ago", "yearago"}
    return 2 if is_own else 0


def sentence_around(scene: Scene, found: Found, *, reach: int = 40) -> tuple[int, int]:
    """Return the first and last piece of the sentence an expression stands in, within `reach`."""
    first = max(0, found.first - reach)
    for place in range(found.first - 1, first, -1):
        if scene.pieces[place] in _ENDS and not _is_abbreviation(scene, place):
            first = place + 1
            break
    last = min(len(scene.pieces), found.last + reach)
    for place in range(found.last, last):
        if scene.pieces[place] in _ENDS and not _is_abbreviation(scene, place):
            last = place
            break
    return first, last


_ENDS = frozenset(".!?\n")
_QUOTES = frozenset("\"\u201d\u2019»'")
_MAX_ABBREVIATION = 4


def _is_abbreviation(scene: Scene, place: int) -> bool:
    """Return whether the full stop at `place` is that of "Mr.", "U.S.", "p.m." or "Corp. said"."""
    if scene.pieces[place] != ".":
        return False
    before = scene.pieces[place - 1] if place else ""
    later = iter(scene.pieces[place + 1 : place + 4])
    after = next(later, "")
    if after in _QUOTES:  # He said: "It is over." On Friday he will go.
        after = next(later, "")
    if not after.isspace() or (before[:1].isupper() and len(before) < _MAX_ABBREVIATION):
        return True
    word = next(later, "")
    is_hour = before.lower() == "m" and scene.pieces[max(0, place - 2)] == "."
    return word.islower() or (is_hour and not word[:1].isupper())
