"""What changed from one version of an article to the next, sentence by sentence.

Sentences that stand once in both texts anchor the comparison (patience diff, Bram Cohen); what
lies between anchors is small and compared exactly. So the cost grows with the text, not with its
square: live blogs have 20,000 sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from etl.dedup.churn import drop_churn
from etl.dedup.signs import key_of_signs
from etl.words import normalize, tokenize

Kind = Literal["added", "removed", "replaced", "churn"]

SIMILAR = 0.5
"""Share of words in common from which a sentence was put in another's place."""

_EXACT_CELLS = 40_000
_ROUNDS = 12
_PAIRED_AT_ONCE = 20

Block = tuple[int, int, int, int]
"""Sentences old[a:b] became new[c:d]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One change: `was` is None for what was added, `now` for what was removed.

    Both are None for "churn", which says that there is nothing else.
    """

    field: Literal["title", "text"]
    kind: Kind
    was: str | None = None
    now: str | None = None


def find_differences(
    old_title: str, old_text: str, new_title: str, new_text: str, *, language: str | None
) -> tuple[Difference, ...]:
    """Return what changed, the title first, then the text from top to bottom; never nothing.

    Lines that change by themselves (see `etl.dedup.churn`) are left out.
    """
    found = list(_compare_texts(
        drop_churn(old_text, language=language), drop_churn(new_text, language=language)
    ))  # fmt: skip
    if old_title != new_title:
        title = Difference(field="title", kind="replaced", was=old_title, now=new_title)
        found.insert(0, title)
    return tuple(found) or (Difference(field="text", kind="churn"),)


def _compare_texts(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    for first, last, since, until in find_blocks(
        [key_of_signs(one) for one in old], [key_of_signs(one) for one in new]
    ):
        yield from _tell_block(old[first:last], new[since:until])


def _tell_block(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Yield what became of `old`, sentences paired with those most like them."""
    for at in range(0, max(len(old), len(new)), _PAIRED_AT_ONCE):
        yield from _tell_piece(old[at : at + _PAIRED_AT_ONCE], new[at : at + _PAIRED_AT_ONCE])


def _tell_piece(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    before, after = 0, 0
    for here, there in [*pair_sentences(old, new), (len(old), len(new))]:
        for was in old[before:here]:
            yield Difference(field="text", kind="removed", was=was)
        for now in new[after:there]:
            yield Difference(field="text", kind="added", now=now)
        if here < len(old):
            yield Difference(field="text", kind="replaced", was=old[here], now=new[there])
        before, after = here + 1, there + 1


def pair_sentences(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which of `old` became which of `new`, in order; the most alike are paired first."""
    words = [[Counter(tokenize(normalize(one))) for one in side] for side in (old, new)]
    scored = sorted(
        (-score, here, there)
        for here, one in enumerate(words[0])
        for there, other in enumerate(words[1])
        if (score := _share(one, other)) >= SIMILAR
    )
    pairs: list[tuple[int, int]] = []
    for _, here, there in scored:
        place = bisect_left(pairs, (here, there))
        is_after = place == 0 or (pairs[place - 1][0] < here and pairs[place - 1][1] < there)
        is_before = place == len(pairs) or (here < pairs[place][0] and there < pairs[place][1])
        if is_after and is_before:
            pairs.insert(place, (here, there))
    return pairs


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words two sentences have in common (Dice), 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def find_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the stretches in which two sequences differ, in order."""
    gaps: list[Block] = [(0, len(old), 0, len(new))]
    for _ in range(_ROUNDS):
        parted = [part for gap in gaps for part in _part(old, new, gap)]
        if parted == gaps:
            break
        gaps = parted
    return [block for gap in gaps for block in _compare_exactly(old, new, gap)]


def _part(old: Sequence[str], new: Sequence[str], gap: Block) -> Iterator[Block]:
    """Yield what is left of a gap: without its equal ends, and cut at its anchors."""
    first, last, since, until = gap
    while first < last and since < until and old[first] == new[since]:
        first, since = first + 1, since + 1
    while first < last and since < until and old[last - 1] == new[until - 1]:
        last, until = last - 1, until - 1
    for here, there in _find_anchors(old, new, (first, last, since, until)):
        if first < here or since < there:
            yield first, here, since, there
        first, since = here + 1, there + 1
    if first < last or since < until:
        yield first, last, since, until


def _find_anchors(old: Sequence[str], new: Sequence[str], gap: Block) -> list[tuple[int, int]]:
    """Return the longest run, in the order of both, of sentences that stand once in each."""
    first, last, since, until = gap
    counts = [Counter(old[first:last]), Counter(new[since:until])]
    places = {new[at]: at for at in range(since, until) if counts[1][new[at]] == 1}
    shared = [
        (at, places[old[at]])
        for at in range(first, last)
        if counts[0][old[at]] == 1 and old[at] in places
    ]
    return _longest_rise(shared)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence whose second members rise too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, there) in enumerate(pairs):
        place = bisect_left(tails, there)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [there]
        ends[place : place + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _compare_exactly(old: Sequence[str], new: Sequence[str], gap: Block) -> Iterator[Block]:
    """Yield the differing stretches of a gap; one too large to be compared is all of it."""
    first, last, since, until = gap
    if (last - first) * (until - since) > _EXACT_CELLS:
        yield gap
        return
    # Without autojunk: it drops sentences that stand more than once in a long text.
    matcher = SequenceMatcher(None, old[first:last], new[since:until], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield first + a, first + b, since + c, since + d
