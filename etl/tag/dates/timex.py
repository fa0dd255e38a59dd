"""Finds date and time expressions and says what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest

from etl.records import Timex
from etl.tag.dates.absolute import ABSOLUTE, range_end
from etl.tag.dates.days import interval_of
from etl.tag.dates.grammar import read_grammar
from etl.tag.dates.lengths import LENGTHS
from etl.tag.dates.relative import RELATIVE
from etl.tag.dates.resolve import Said, remember
from etl.tag.dates.scan import find_all, read_scene
from etl.tag.dates.story import Story, is_narrative

_DOTTED = frozenset({"clock", "clockdate", "clockday", "bc"})
_RESOLVERS = {**ABSOLUTE, **RELATIVE, **LENGTHS}


def find_timexes(text: str, *, anchor: datetime | None, language: str | None) -> tuple[Timex, ...]:
    """Return the date and time expressions of `text`, in order, none overlapping.

    Args:
        text: what is read.
        anchor: the publication time, whose day relative expressions count from; None leaves them
            values such as "PAST_REF" or "XXXX-10-07" and no interval.
        language: ISO 639-1; None is read as English.
    """
    day = anchor.date() if anchor else None
    return tuple(
        _timex(text, start, end, said) for start, end, said in _readings(text, day, language or "en")
    )


def _readings(text: str, anchor: date | None, language: str) -> Iterator[tuple[int, int, Said]]:
    grammar = read_grammar(language)
    if grammar is None:
        return
    scene = read_scene(text, grammar)
    found = list(find_all(scene))
    story = Story(anchor=anchor, is_narrative=is_narrative(found, anchor))
    mode = "narrative" if story.is_narrative else "news"
    for one, follower in zip_longest(found, found[1:]):
        story.coming = range_end(one, follower) if follower else None
        if one.rule.given.get("only", mode) != mode:
            continue
        said = _RESOLVERS[one.kind](one, story)
        for part in said if isinstance(said, tuple) else (said,):
            if part is None:
                continue
            remember(story, part)
            first, last = part.pieces or (one.first, one.last)
            # The full stop after "in May" ends the sentence; that of "3 p.m." does not.
            last -= scene.pieces[last - 1] == "." and one.kind not in _DOTTED
            yield scene.offsets[first], scene.offsets[last], part


def _timex(text: str, start: int, end: int, said: Said) -> Timex:
    dated = said.timex_type in {"DATE", "TIME"}
    first, last = (interval_of(said.value) if dated else None) or (None, None)
    return Timex(
        start_char=start,
        end_char=end,
        surface=text[start:end],
        timex_type=said.timex_type,
        timex_value=said.value,
        date_from=first,
        date_to=last,
    )
