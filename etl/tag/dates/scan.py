"""Finds the expressions a grammar knows in a text: where each stands, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from etl.tag.dates.grammar import Grammar, Rule, Worth
from etl.tag.dates.patterns import START
from etl.tag.dates.pieces import BREAK, OTHER, PIECE

# No expression goes beyond a word that no grammar knows.
_RUN = re.compile(f"[^{OTHER}{BREAK}]{{1,80}}")


@dataclass(frozen=True)
class Scene:
    """A text being read: its pieces, the character of each, and where each begins in it."""

    grammar: Grammar
    pieces: list[str]
    chars: str
    offsets: list[int]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All pieces that occur, and those with a capital also without."""
        pieces = frozenset(self.pieces)
        return pieces | {piece.lower() for piece in pieces}


@dataclass(frozen=True, slots=True)
class Found:
    """The pieces `first` up to `last` are an expression that `rule` knows."""

    first: int
    last: int
    rule: Rule
    spans: dict[str, tuple[int, int]]
    scene: Scene

    @property
    def kind(self) -> str:
        """What kind of thing it says."""
        return self.rule.kind

    def has(self, slot: str) -> bool:
        """Return whether the expression has the slot, or its rule gives it."""
        return slot in self.spans or slot in self.rule.given

    def words(self, slot: str) -> list[str]:
        """Return the pieces of a slot, none if it is not there."""
        first, last = self.spans.get(slot, (0, 0))
        return self.scene.pieces[first:last]

    def worth(self, slot: str) -> Worth:
        """Return what the word in a slot is worth, or what the rule gives; None if neither."""
        span = self.spans.get(slot)
        if span is None:
            given: Worth = self.rule.given.get(slot)
            return given
        piece = self.scene.pieces[span[0]]
        worths = self.scene.grammar.worths.get(slot.rstrip("_").upper(), {})
        return worths.get(piece, piece)


def read_scene(text: str, grammar: Grammar) -> Scene:
    """Return `text` in pieces."""
    pieces = PIECE.findall(text)
    chars = "".join(map(grammar.alphabet.__getitem__, pieces))
    return Scene(grammar, pieces, chars, [0, *accumulate(map(len, pieces))])


def find_all(scene: Scene) -> Iterator[Found]:
    """Yield the expressions, in order, none overlapping: of those at a place the longest."""
    chars, rules = scene.chars, scene.grammar.rules
    search = scene.grammar.starts.search
    end = 0
    start = search(chars)
    while start is not None:
        at = start.start()
        found = _longest(scene, at, end)
        if found and found.first > at and chars[found.first] in rules:
            # What stands before it only vouches for it: without, more may be read.
            longer = _longest(scene, found.first, end)
            if longer and longer.last > found.last:
                found = longer
        if found:
            yield found
            end = found.last
        start = search(chars, max(at + 1, end))


def _captured(match: re.Match[str]) -> dict[str, tuple[int, int]]:
    """Return where each slot was captured; of two alternatives it is the one that was taken."""
    spans: dict[str, tuple[int, int]] = {}
    for name in match.re.groupindex:
        span = match.span(name)
        if span[0] >= 0:
            spans[name] = span
            spans.setdefault(name.rstrip("_"), span)
    return spans


def _longest(scene: Scene, at: int, earliest: int) -> Found | None:
    best: Found | None = None
    length = 0
    met = 0
    for char in _RUN.match(scene.chars, at)[0]:  # type: ignore[index]  # it always matches
        met |= scene.grammar.met.get(char, 0)
    for rule in scene.grammar.rules[scene.chars[at]]:
        if not rule.need & met:
            continue
        match = rule.pattern.expression.match(scene.chars, at)
        if match is None:
            continue
        last = match.end()
        while last > at and scene.chars[last - 1] in " -":
            last -= 1
        if last - at <= length:
            continue  # Wherever it begins, what was found is as long.
        spans = _captured(match)
        first = spans.pop(START, (at, at))[0]
        if first >= earliest and last - first > length:
            best, length = Found(first, last, rule, spans, scene), last - first
    return best
