"""All duplicates among articles that are there at once: `newshouse dedup`, and what SQL must match.

The warehouse finds the same pairs a batch at a time (`warehouse/queries/find_candidates.sql`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from etl.dedup.alignment import align
from etl.dedup.chance import is_candidate, list_runs, may_repeat, weigh_key
from etl.dedup.verdict import Verdict, judge
from etl.dedup.wear import find_hot
from etl.records import Sketch

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is compared of an article; the least `order` of a cluster came first."""

    keys: Sequence[int]
    sketch: Sketch
    site: str
    day: date | None
    order: tuple[bool, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article belongs: the first of its cluster, and what was said of the two.

    `original` is the place of the first, its own where that is itself; `verdict` is None there, and
    where the two are joined only through others.
    """

    original: int
    verdict: Verdict | None


def find_clusters(documents: Sequence[Document]) -> list[Place]:
    """Return where each document belongs, in their order."""
    hot = find_hot((one.keys, one.site, one.day) for one in documents)
    verdicts = dict(find_duplicates(documents, hot))
    firsts = _join(len(documents), verdicts, [one.order for one in documents])
    return [
        Place(original=first, verdict=verdicts.get((min(place, first), max(place, first))))
        for place, first in enumerate(firsts)
    ]


def find_duplicates(
    documents: Sequence[Document], hot: frozenset[int]
) -> Iterator[tuple[Pair, Verdict]]:
    """Yield the pairs that are duplicates, the lesser place first."""
    for here, others in find_candidates(documents, hot):
        one = documents[here].sketch
        runs = list_runs(one)
        for there in others:
            other = documents[there].sketch
            if not may_repeat(runs, list_runs(other)):
                continue
            verdict = judge(one, other, align(one, other, hot=hot))
            if verdict.is_duplicate:
                yield (there, here), verdict


def find_candidates(
    documents: Sequence[Document], hot: frozenset[int]
) -> Iterator[tuple[int, list[int]]]:
    """Yield each place and those before it that it may repeat, by keys that are not hot."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for here, one in enumerate(documents):
        shared: Counter[int] = Counter()
        for key in one.keys:
            if key not in hot:
                shared.update(dict.fromkeys(holders[key], weigh_key(key)))
                holders[key].append(here)
        met = [
            there for there, weight in shared.items()
            if _is_worth_comparing(one, documents[there], weight)
        ]  # fmt: skip
        if met:
            yield here, sorted(met)


def _is_worth_comparing(one: Document, other: Document, weight: int) -> bool:
    days_apart = abs((one.day - other.day).days) if one.day and other.day else None
    return is_candidate(
        weight, keys=min(len(one.keys), len(other.keys)), days_apart=days_apart
    )  # fmt: skip


def _join(count: int, pairs: Iterable[Pair], order: Sequence[tuple[bool, str, str]]) -> list[int]:
    """Return for each place the first, by `order`, of all it is connected with."""
    above = list(range(count))

    def top(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for one, other in pairs:
        first, second = sorted((top(one), top(other)), key=lambda place: (order[place], place))
        above[second] = first
    return [top(place) for place in range(count)]
