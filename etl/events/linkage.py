"""Groups by average linkage, over the pairs that are alike at all."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

SCALE = 1_000_000
"""Similarities are whole millionths: their sums are the same in whatever order they are added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Articles of one event, in order of their ids. `central` is most like all the others."""

    members: tuple[str, ...]
    central: str


def link_average(pairs: Mapping[tuple[str, str], int], *, least: float) -> tuple[Group, ...]:
    """Return the groups of two and more, in order of their first members.

    The two groups most alike on average are joined, as long as that is at least `least`; of equal
    ones those whose members have the least ids. So the groups are a function of the pairs alone.

    Args:
        pairs: millionths of similarity of two ids; pairs that are not in it have none.
        least: average similarity, 0 to 1, from which two groups are one.
    """
    alike: dict[str, dict[str, int]] = defaultdict(dict)
    for (one, other), millionths in pairs.items():
        alike[one][other] = alike[other][one] = millionths
    groups = {member: [member] for member in alike}
    between = {name: dict(others) for name, others in alike.items()}
    waiting = [
        (-part / SCALE, min(pair), max(pair))
        for pair, part in pairs.items()
        if part / SCALE >= least
    ]
    heapq.heapify(waiting)
    while waiting:
        average, one, other = heapq.heappop(waiting)
        if one not in groups or other not in groups:
            continue
        if average != -_average(groups, between, one, other):
            continue
        # A group is called by its least id, which is the first of the two.
        _join(groups, between, one, other)
        for third in between[one]:
            joined = _average(groups, between, one, third)
            if joined >= least:
                heapq.heappush(waiting, (-joined, min(one, third), max(one, third)))
    return tuple(
        _make_group(sorted(members), alike)
        for _, members in sorted(groups.items())
        if len(members) > 1
    )


def _average(
    groups: dict[str, list[str]], between: dict[str, dict[str, int]], one: str, other: str
) -> float:
    pairs = len(groups[one]) * len(groups[other])
    return between[one].get(other, 0) / (pairs * SCALE)


def _join(
    groups: dict[str, list[str]], between: dict[str, dict[str, int]], one: str, other: str
) -> None:
    """Let the members of `other` be those of `one`."""
    groups[one] += groups.pop(other)
    between[one].pop(other, None)
    for third, total in between.pop(other).items():
        if third == one:
            continue
        del between[third][other]
        between[one][third] = between[third][one] = between[one].get(third, 0) + total


def _make_group(members: list[str], alike: dict[str, dict[str, int]]) -> Group:
    within = frozenset(members)
    totals = {
        member: sum(part for other, part in alike[member].items() if other in within)
        for member in members
    }
    return Group(members=tuple(members), central=min(members, key=lambda one: (-totals[one], one)))
