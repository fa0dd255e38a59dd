"""Where two texts say the same: how much of each, and whether they agree on names and figures.

The words are aligned once, over the whole texts; what is left over on both sides is aligned once
more, so that paragraphs in another order count. Copies differ here and there in a word; two texts
made from one template differ in the facts, at places that the alignment lays side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Indel

from etl.dedup.sketch import BREAK, FIGURE
from etl.records import Sketch

LEAST_RUN = 4
"""Fewer words in a row are the same by chance: "of the"."""

LEAST_MOVED = 8
"""As many words in a row or more may stand elsewhere in the other text."""

LONGEST_SWAP = 12
"""As many words or fewer in place of others are another way to say them, or another fact."""

MOST_UNLIKE = 3
"""Words in place of others are no more than so many times as many."""

_GAPS = "\ufffe\uffff"
"""No words: they part what is left over of the one text and of the other."""

_IS_FACT = bytes(kind > 0 for kind in range(256))
_IS_FIGURE = bytes(kind == FIGURE for kind in range(256))


class Run(NamedTuple):
    """Words from `here` in the one text, from `there` in the other, and how many are the same."""

    here: int
    there: int
    length: int


class Gap(NamedTuple):
    """What lies between two runs: from where to where in the one text and in the other."""

    first: int
    last: int
    since: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How two texts agree, counted in words.

    `common` are the same in both, `longest` of them in one run; `fresh_*` leave out paragraphs
    that are on many articles. Facts (names, figures) are `aligned` where the texts run beside each
    other, `agreed` where they are the same. `swapped` words stand in place of others.
    """

    words: tuple[int, int]
    fresh_words: tuple[int, int]
    common: int
    fresh_common: int
    longest: int
    facts_aligned: int
    facts_agreed: int
    figures_aligned: int
    figures_agreed: int
    swapped: int


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two texts: its words, and counts up to each of facts, figures and worn words."""

    words: str
    facts: Sequence[int]
    figures: Sequence[int]
    worn: Sequence[int] | None

    def count_fresh(self, first: int, length: int) -> int:
        """Return how many of some words are of paragraphs that are not on many articles."""
        return length - (self.worn[first + length] - self.worn[first] if self.worn else 0)


def align(one: Sketch, other: Sketch, *, hot: AbstractSet[int] = frozenset()) -> Alignment:
    """Return how two texts agree, whichever comes first.

    Args:
        one: a text.
        other: another.
        hot: keys of paragraphs that are not counted as fresh.
    """
    # An alignment may fall out otherwise the other way round: the shorter text is first always.
    ordered = sorted((one, other), key=lambda text: (len(text.codes), text.codes, text.kinds))
    a, b = (_read_side(text, hot) for text in ordered)
    runs = _find_runs(a.words, b.words)
    gaps = list(_list_gaps(len(a.words), len(b.words), runs))
    everywhere = [*runs, *_find_moved(a.words, b.words, gaps)]
    swaps = [(gap, _find_kept(a, b, gap)) for gap in gaps if _is_swap(gap)]
    facts = _compare_facts(a.facts, b.facts, everywhere, swaps)
    figures = _compare_facts(a.figures, b.figures, everywhere, swaps)
    return Alignment(
        words=(len(a.words), len(b.words)),
        fresh_words=(a.count_fresh(0, len(a.words)), b.count_fresh(0, len(b.words))),
        common=sum(run.length for run in everywhere),
        fresh_common=sum(
            min(a.count_fresh(run.here, run.length), b.count_fresh(run.there, run.length))
            for run in everywhere
        ),
        longest=max((run.length for run in everywhere), default=0),
        facts_aligned=facts[0],
        facts_agreed=facts[1],
        figures_aligned=figures[0],
        figures_agreed=figures[1],
        swapped=sum(
            max(gap.last - gap.first, gap.until - gap.since) - len(kept) for gap, kept in swaps
        ),
    )


def _read_side(sketch: Sketch, hot: AbstractSet[int]) -> _Side:
    worn = None
    if not hot.isdisjoint(sketch.paragraph_keys):
        parts = zip(sketch.codes.split(BREAK), sketch.paragraph_keys, strict=True)
        worn = [0, *accumulate(b"".join(bytes([key in hot]) * len(part) for part, key in parts))]
    return _Side(
        sketch.codes.replace(BREAK, ""),
        [0, *accumulate(sketch.kinds.translate(_IS_FACT))],
        [0, *accumulate(sketch.kinds.translate(_IS_FIGURE))],
        worn,
    )


def _find_runs(one: str, other: str) -> list[Run]:
    """Return the runs of words that are the same, in the order of both."""
    return [
        Run(step.src_start, step.dest_start, step.src_end - step.src_start)
        for step in Indel.opcodes(one, other)
        if step.tag == "equal" and step.src_end - step.src_start >= LEAST_RUN
    ]


def _list_gaps(one_words: int, other_words: int, runs: Iterable[Run]) -> Iterator[Gap]:
    first = since = 0
    for here, there, length in runs:
        yield Gap(first, here, since, there)
        first, since = here + length, there + length
    yield Gap(first, one_words, since, other_words)


def _is_swap(gap: Gap) -> bool:
    """Say if a few words stand in the place of about as many others; where a text ends, more do."""
    shorter, longer = sorted((gap.last - gap.first, gap.until - gap.since))
    return longer <= min(LONGEST_SWAP, MOST_UNLIKE * shorter)


def _find_moved(one: str, other: str, gaps: Sequence[Gap]) -> Iterator[Run]:
    """Yield runs of words that stand in another order: among what the gaps leave over."""
    here = [(gap.first, gap.last) for gap in gaps if gap.last - gap.first >= LEAST_MOVED]
    there = [(gap.since, gap.until) for gap in gaps if gap.until - gap.since >= LEAST_MOVED]
    # One part on each side has been compared: they lie in one gap, or nothing of them is the same.
    if min(len(here), len(there)) == 0 or len(here) == len(there) == 1:
        return
    left, left_at = _join(one, here, _GAPS[0])
    right, right_at = _join(other, there, _GAPS[1])
    for run in _find_runs(left, right):
        if run.length >= LEAST_MOVED:
            yield Run(left_at[run.here], right_at[run.there], run.length)


def _join(words: str, parts: Sequence[tuple[int, int]], sign: str) -> tuple[str, list[int]]:
    """Return the parts as one text, a sign after each, and where each word of it stood."""
    at = [place for first, last in parts for place in range(first, last + 1)]
    return "".join(words[first:last] + sign for first, last in parts), at


def _find_kept(one: _Side, other: _Side, gap: Gap) -> list[int]:
    """Return the places in a swap whose word is on both sides of it."""
    others = other.words[gap.since : gap.until]
    return [place for place in range(gap.first, gap.last) if one.words[place] in others]


def _compare_facts(
    one: Sequence[int], other: Sequence[int], runs: Iterable[Run],
    swaps: Iterable[tuple[Gap, Sequence[int]]],
) -> tuple[int, int]:  # fmt: skip
    """Return how many facts stand beside each other, and how many of them are the same.

    Args:
        one: facts of the one text up to each word.
        other: likewise.
        runs: where they are the same.
        swaps: where words stand in place of others, and which of them are in both.
    """
    aligned = agreed = sum(
        max(one[here + length] - one[here], other[there + length] - other[there])
        for here, there, length in runs
    )
    for gap, kept in swaps:
        facts = max(one[gap.last] - one[gap.first], other[gap.until] - other[gap.since])
        aligned += facts
        agreed += min(facts, sum(one[place + 1] - one[place] for place in kept))
    return aligned, agreed
