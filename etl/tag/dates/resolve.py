"""What an expression says in TIMEX3: a function for each kind of thing the grammars know."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from etl.records import TimexType
from etl.tag.dates.days import Interval
from etl.tag.dates.scan import Found
from etl.tag.dates.story import Moment, Story


@dataclass(frozen=True, slots=True)
class Said:
    """The TIMEX3 type, value and modifier of an expression.

    `pieces` are those that say it, where that is not the whole of what was found; `days` the first
    and last it covers, where the value does not say.
    """

    timex_type: TimexType
    value: str
    mod: str | None = None
    pieces: tuple[int, int] | None = None
    days: Interval | None = None


Resolver = Callable[[Found, Story], Said | tuple[Said, ...] | None]
_MOMENT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:-Q([1-4]))?(?:[T/].*)?")
_SEASONS = re.compile(r"([0-9]{4})-(SP|SU|FA|WI)")
_SEASON_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}


_ASIDE_YEARS = 10


def remember(story: Story, said: Said, *, is_aside: bool = False) -> None:
    """Let `story` know what was said, which what follows may count from.

    What is said by the way does not move a narrative: after "in power since 1938" it goes on where
    it was, and only "that year" and its like speak of 1938.
    """
    if said.timex_type not in {"DATE", "TIME"}:
        return
    if match := _MOMENT.fullmatch(said.value):
        year, month, day, quarter = match.groups()
        if int(year) and (not quarter or story.is_narrative):
            moment = Moment(int(year), int(month) if month else None, int(day) if day else None)
            _move(story, moment, is_aside=is_aside)
    elif match := _SEASONS.fullmatch(said.value):
        _move(story, Moment(int(match[1]), _SEASON_MONTHS[match[2]]), is_aside=is_aside)


def _move(story: Story, moment: Moment, *, is_aside: bool) -> None:
    """Let the story stand at `moment`; a narrative that names one far year goes on where it was.

    Who tells of 1920 and says "as in 1812" is still in 1920 with his next "in May"; a second year
    near 1812 shows that he is not.
    """
    story.latest = moment
    if is_aside and story.is_narrative and story.last:
        return
    if story.is_narrative and story.last:
        is_far = abs(moment.year - story.last.year) > _ASIDE_YEARS
        if is_far and not (story.aside and abs(story.aside.year - moment.year) <= _ASIDE_YEARS):
            story.aside = moment
            return
    story.aside = None
    story.last = moment
