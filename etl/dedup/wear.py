"""Which keys say nothing: what stands on many articles is a site's boilerplate or a template.

A function of who holds a key, so the same in whatever order articles come in. An article itself is
on one site once or a few times, and is copied within days; what a site puts under its articles, or
fills in each day, is there again and again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.dedup.shingles import LARGEST_KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """From when a key is hot: articles of one site that hold it; or days, over a span of days."""

    of_one_site: int
    days: int
    span_days: int


PARAGRAPHS = Wear(of_one_site=6, days=4, span_days=7)
SHINGLES = Wear(of_one_site=8, days=8, span_days=14)
"""Later: a hot paragraph is looked past, by a hot shingle nobody is found."""

Holder = tuple[Sequence[int], str, date | None]
"""The keys of an article, its site, empty = not known, and the day it was published, if known."""


def find_hot(holders: Iterable[Holder]) -> frozenset[int]:
    """Return the keys that are hot among all these articles."""
    sites: defaultdict[int, Counter[str]] = defaultdict(Counter)
    days: defaultdict[int, set[date]] = defaultdict(set)
    for keys, site, day in holders:
        for key in keys:
            sites[key][site] += bool(site)
            if day is not None:
                days[key].add(day)
    return frozenset(
        key for key, counts in sites.items()
        if is_hot(key, of_one_site=max(counts.values()), days=days[key])
    )  # fmt: skip


def is_hot(key: int, *, of_one_site: int, days: set[date]) -> bool:
    """Return whether a key is, held by so many articles of one site and on these days."""
    limits = PARAGRAPHS if key > LARGEST_KEY else SHINGLES
    return of_one_site >= limits.of_one_site or (
        len(days) >= limits.days and (max(days) - min(days)).days >= limits.span_days
    )
