"""Where two texts say the same: how much of each, and whether they agree on names and figures.

The words are aligned once, over the whole texts; what is left over on both sides is aligned once
more, so that paragraphs in another order count. Copies differ here and there in a word; two texts
made from one template differ in the facts, at places that the alignment lays side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import Indel

from etl.dedup.sketch import BREAK
from etl.records import Sketch

LEAST_RUN = 4
"""Fewer words in a row are the same by chance: "of the"."""

LEAST_MOVED = 8
"""As many words in a row or more may stand elsewhere in the other text."""

LONGEST_SWAP = 12
"""As many words or fewer in place of others are another way to say them, or another fact."""

_IS_FACT = bytes([0, *[1] * 255])
_GAPS = "\ufffe\uffff"
"""No words: they part what is left over of the one text and of the other."""

Run = tuple[int, int, int]
"""Words from here in the one text, from there in the other, and how many are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How two texts agree, counted in words.

    `common` are the same in both, `longest` of them in one run; `fresh_*` leave out paragraphs
    that are on many articles. Facts (names, figures) are `aligned` where the texts run beside each
    other, `agreed` where they are the same.
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
class Side:
    """One of the two texts: its words, and counts of facts and of worn words up to each."""

    words: str
    facts: Sequence[int]
    figures: Sequence[int]
    worn: Sequence[int]


def align(one: Sketch, other: Sketch, *, hot: Set[int] = frozenset()) -> Alignment:
    """Return how two texts agree, whichever comes first.

    Args:
        one: a text.
        other: another.
        hot: keys of paragraphs that are not counted as fresh.
    """
    # An alignment may fall out otherwise the other way round: the shorter text comes first always.
    shorter, longer = sorted(
        (one, other), key=lambda text: (len(text.codes), text.codes, text.kinds)
    )
    sides = _read_side(shorter, hot), _read_side(longer, hot)
    runs = _find_runs(sides[0].words, sides[1].words)
    moved = list(_find_moved(sides[0].words, sides[1].words, runs))
    counts = _count_facts(sides, runs, moved)
    everywhere = [*runs, *moved]
    return Alignment(
        words=(len(sides[0].words), len(sides[1].words)),
        fresh_words=(_fresh(sides[0]), _fresh(sides[1])),
        common=sum(run[2] for run in everywhere),
        fresh_common=sum(
            run[2]
            - max(_between(sides[0].worn, run[0], run[2]), _between(sides[1].worn, run[1], run[2]))
            for run in everywhere
        ),  # fmt: skip
        longest=max((run[2] for run in everywhere), default=0),
        facts_aligned=counts[0],
        facts_agreed=counts[1],
        figures_aligned=counts[2],
        figures_agreed=counts[3],
        swapped=counts[4],
    )


def _read_side(sketch: Sketch, hot: Set[int]) -> Side:
    words = sketch.codes.replace(BREAK, "")
    worn: list[int] = [0]
    if hot and not hot.isdisjoint(sketch.paragraph_keys):
        marks = b"".join(
            (b"\1" if key in hot else b"\0") * len(part)
            for part, key in zip(sketch.codes.split(BREAK), sketch.paragraph_keys, strict=True)
        )
        worn = [0, *accumulate(marks)]
    else:
        worn = []
    return Side(
        words,
        [0, *accumulate(sketch.kinds.translate(_IS_FACT))],
        [0, *accumulate(sketch.kinds.translate(_IS_FIGURE))],
        worn,
    )


_IS_FIGURE = bytes([0, 0, 1, *[0] * 253])


def _fresh(side: Side) -> int:
    return len(side.words) - (side.worn[-1] if side.worn else 0)


def _between(counts: Sequence[int], first: int, length: int) -> int:
    return counts[first + length] - counts[first] if counts else 0


def _find_runs(one: str, other: str) -> list[Run]:
    """Return the runs of words that are the same, in the order of both."""
    return [
        (a, c, b - a)
        for tag, a, b, c, _ in Indel.opcodes(one, other).as_list()
        if tag == "equal" and b - a >= LEAST_RUN
    ]


def _gaps(sides: tuple[int, int], runs: Iterable[Run]) -> Iterator[tuple[int, int, int, int]]:
    """Yield what lies between runs: from where to where in the one text and in the other."""
    a = c = 0
    for here, there, length in runs:
        yield a, here, c, there
        a, c = here + length, there + length
    yield a, sides[0], c, sides[1]


def _find_moved(one: str, other: str, runs: list[Run]) -> Iterator[Run]:
    """Yield runs of words that stand in another order: among what `runs` leave over."""
    here: list[tuple[int, int]] = []
    there: list[tuple[int, int]] = []
    for a, b, c, d in _gaps((len(one), len(other)), runs):
        if b - a >= LEAST_MOVED:
            here.append((a, b))
        if d - c >= LEAST_MOVED:
            there.append((c, d))
    if not here or not there or len(here) + len(there) == 2:
        return
    left, left_at = _join(one, here, _GAPS[0])
    right, right_at = _join(other, there, _GAPS[1])
    for a, c, length in _find_runs(left, right):
        if length >= LEAST_MOVED:
            yield left_at[a], right_at[c], length


def _join(words: str, parts: Sequence[tuple[int, int]], gap: str) -> tuple[str, list[int]]:
    """Return the parts as one text, a sign between them, and where each word of it stood."""
    at = [place for first, last in parts for place in (*range(first, last), last)]
    return "".join(words[first:last] + gap for first, last in parts), at


def _count_facts(
    sides: tuple[Side, Side], runs: list[Run], moved: list[Run]
) -> tuple[int, int, int, int, int]:
    """Return facts aligned and agreed, figures aligned and agreed, and swapped words."""
    one, other = sides
    aligned = agreed = figures = figures_agreed = swapped = 0
    for here, there, length in (*runs, *moved):
        both = max(_between(one.facts, here, length), _between(other.facts, there, length))
        agreed += both
        aligned += both
        same = max(_between(one.figures, here, length), _between(other.figures, there, length))
        figures += same
        figures_agreed += same
    for a, b, c, d in _gaps((len(one.words), len(other.words)), runs):
        if 0 < b - a <= LONGEST_SWAP and 0 < d - c <= LONGEST_SWAP:
            kept = set(one.words[a:b]) & set(other.words[c:d])
            facts = max(one.facts[b] - one.facts[a], other.facts[d] - other.facts[c])
            same = sum(
                one.facts[place + 1] - one.facts[place]
                for place in range(a, b) if one.words[place] in kept
            )  # fmt: skip
            aligned += facts
            agreed += min(same, facts)
            numbers = max(one.figures[b] - one.figures[a], other.figures[d] - other.figures[c])
            same = sum(
                one.figures[place + 1] - one.figures[place]
                for place in range(a, b) if one.words[place] in kept
            )  # fmt: skip
            figures += numbers
            figures_agreed += min(same, numbers)
            swapped += max(b - a, d - c) - len(kept)
    return aligned, agreed, figures, figures_agreed, swapped
