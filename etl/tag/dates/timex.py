"""Finds date and time expressions and says which days they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest

from etl.records import Timex
from etl.tag.dates.absolute import ABSOLUTE
from etl.tag.dates.clocks import CLOCKS, day_after
from etl.tag.dates.counted import COUNTED
from etl.tag.dates.days import interval_of
from etl.tag.dates.figures import find_figures, fold
from etl.tag.dates.grammar import Grammar, read_grammar
from etl.tag.dates.lengths import LENGTHS
from etl.tag.dates.monthdays import MONTHDAYS
from etl.tag.dates.quarters import QUARTERS
from etl.tag.dates.relative import RELATIVE
from etl.tag.dates.resolve import Said, remember
from etl.tag.dates.scan import find_all, read_scene
from etl.tag.dates.settled import is_aside, settle_years
from etl.tag.dates.slots import range_end
from etl.tag.dates.story import Story, is_narrative
from etl.tag.dates.written import find_written
from etl.tag.dates.years import YEARS

_RESOLVERS = {
    **ABSOLUTE, **MONTHDAYS, **YEARS, **QUARTERS, **RELATIVE, **COUNTED, **CLOCKS, **LENGTHS
}  # fmt: skip
# The full stop after "in May" ends the sentence; that of "3 p.m." and "146 B.C." does not.
_DOTTED = frozenset({"clock", "clockdate", "clockday", "bc"})

_Reading = tuple[int, int, Said]


def find_timexes(text: str, *, anchor: datetime | None, language: str | None) -> tuple[Timex, ...]:
    """Return the date and time expressions of `text`, in order, none overlapping.

    The time it takes is linear in the text. Languages without a grammar have their absolute dates
    found, as CLDR names the months.

    Args:
        text: what is read.
        anchor: the publication time, whose day relative expressions count from; None leaves them
            values such as "PAST_REF" or "XXXX-10-07" and no interval.
        language: ISO 639-1; None is read as English.
    """
    day = anchor.date() if anchor else None
    grammar = read_grammar(language or "en")
    if grammar is None:
        readings = _read_plainly(text, day, language or "")
    else:
        readings = _read(text, day, grammar)
    return tuple(_timex(text, start, end, said) for start, end, said in readings)


def _read(text: str, anchor: date | None, grammar: Grammar) -> Iterator[_Reading]:
    scene = read_scene(text, grammar)
    found = list(find_all(scene))
    story = Story(anchor=anchor, is_narrative=is_narrative(found, anchor))
    story.dated = settle_years(found, anchor)
    mode = "narrative" if story.is_narrative else "news"
    for one, follower in zip_longest(found, found[1:]):
        if one.rule.given.get("only", mode) != mode:
            continue
        story.coming = range_end(one, follower) if follower else None
        story.day_ahead = day_after(one, follower) if follower else None
        said = _RESOLVERS[one.kind](one, story)
        for part in said if isinstance(said, tuple) else (said,):
            if part is None:
                continue
            remember(story, part, is_aside=story.is_narrative and is_aside(one))
            first, last = part.pieces or (one.first, one.last)
            story.note_day(part.value, last)
            last -= scene.pieces[last - 1] == "." and one.kind not in _DOTTED
            yield scene.offsets[first], scene.offsets[last], part


def _read_plainly(text: str, anchor: date | None, language: str) -> Iterator[_Reading]:
    """Yield the absolute dates of a language without a grammar; where two overlap, the first."""
    folded = fold(text)
    dated = [*find_figures(folded), *find_written(folded, anchor, language=language)]
    last = 0
    for start, end, value in sorted(dated, key=lambda one: (one[0], -one[1])):
        if start >= last:
            last = end
            yield start, end, Said("DATE", value)


def _timex(text: str, start: int, end: int, said: Said) -> Timex:
    dated = said.timex_type in {"DATE", "TIME"}
    first, last = (said.days or interval_of(said.value) if dated else None) or (None, None)
    return Timex(
        start_char=start,
        end_char=end,
        surface=text[start:end],
        timex_type=said.timex_type,
        timex_value=said.value,
        date_from=first,
        date_to=last,
        timex_mod=said.mod,
    )
