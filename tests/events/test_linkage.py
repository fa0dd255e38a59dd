"""Groups by average linkage, against the plain way of making them."""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from etl.events import link_average

NAMES = "abcdefgh"
PAIRS = st.dictionaries(
    st.sampled_from(list(combinations(NAMES, 2))),
    st.sampled_from([200_000, 280_000, 300_000, 400_000, 560_000, 900_000]),
    max_size=20,
)
LEAST = 0.28


def link_plainly(pairs: dict[tuple[str, str], int]) -> set[tuple[str, ...]]:
    """Join the two groups most alike, looking at all of them each time."""
    groups = [(name,) for name in sorted({name for pair in pairs for name in pair})]
    while True:
        found = []
        for one, other in combinations(groups, 2):
            total = sum(pairs.get((min(a, b), max(a, b)), 0) for a in one for b in other)
            average = total / (len(one) * len(other) * 1_000_000)
            if average >= LEAST:
                found.append((-average, one[0], other[0], one, other))
        if not found:
            return {group for group in groups if len(group) > 1}
        _, _, _, one, other = min(found)
        groups = sorted([g for g in groups if g not in (one, other)] + [tuple(sorted(one + other))])


@given(PAIRS)
def test_groups_are_those_of_joining_the_most_alike_first(pairs: dict[tuple[str, str], int]):
    """The queue with its outdated entries comes to the same."""
    assert {group.members for group in link_average(pairs, least=LEAST)} == link_plainly(pairs)


@given(PAIRS, st.randoms())
def test_the_order_of_pairs_is_no_matter(pairs: dict[tuple[str, str], int], rnd: Random):
    """Nor is which of the two is named first."""
    mixed = list(pairs.items())
    rnd.shuffle(mixed)
    turned = {(b, a): part for (a, b), part in mixed}
    assert link_average(turned, least=LEAST) == link_average(pairs, least=LEAST)


def test_a_chain_of_likenesses_is_no_event():
    """A digest like two events, which have nothing in common, does not make one of them."""
    pairs = {("a", "b"): 600_000, ("c", "d"): 600_000, ("b", "c"): 300_000}
    groups = link_average(pairs, least=LEAST)
    assert [group.members for group in groups] == [("a", "b"), ("c", "d")]


def test_the_central_one_is_most_like_the_others():
    """Of equal ones it is the one with the least id."""
    (group,) = link_average({("a", "b"): 300_000, ("b", "c"): 900_000}, least=0.1)
    assert (group.members, group.central) == (("a", "b", "c"), "b")
    (pair,) = link_average({("x", "y"): 500_000}, least=0.2)
    assert pair.central == "x"
