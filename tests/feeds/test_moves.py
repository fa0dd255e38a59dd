"""When a feed that redirects for good is asked at its new address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from etl.feeds.polling.failures import after_failure
from etl.feeds.polling.moves import permanent_target, sight_move
from etl.records import FeedState, Hop, Move

from .pasts import DOWN, GONE, NEW, NOW, RULES, URL, hear, succeed, wait_s

TARGET = "https://new.test/feed"
OTHER = "https://other.test/feed"
HOUR = timedelta(hours=1)
ADOPTED = replace(
    NEW, address=TARGET, move=Move(target=TARGET, sightings=5, first_seen_at=NOW - 30 * HOUR)
)


def hop(status: int, location: str, *, url: str = URL) -> Hop:
    """Return one redirect."""
    return Hop(url=url, status=status, location=location)


MOVED = (hop(301, TARGET),)


def sight(state: FeedState, *targets: str | None, apart: timedelta = 8 * HOUR) -> FeedState:
    """Return the state after polls so far apart, each with a 301 to its target (None: direct)."""
    for number, target in enumerate(targets):
        hops = (hop(301, target),) if target else ()
        state = sight_move(state, hops, now=NOW + number * apart)
    return state


@pytest.mark.parametrize(
    ("statuses", "number"),
    [((), 0), ((301,), 1), ((308,), 1), ((302,), 0), ((307,), 0), ((303,), 0), ((301, 308), 2),
     ((301, 302), 1), ((302, 301), 0), ((308, 307, 301), 1)],
)  # fmt: skip
def test_only_the_leading_permanent_hops_say_where_a_feed_moved(
    statuses: tuple[int, ...], number: int
):
    """RFC 9110, 15.4: what a 302 leads to is where it is today."""
    hops = tuple(hop(status, f"https://n{place}.test/") for place, status in enumerate(statuses, 1))
    assert permanent_target(hops) == (f"https://n{number}.test/" if number else None)


def test_a_move_is_adopted_after_five_answers_over_a_day():
    """Not after four, and not after five in an hour."""
    assert sight(NEW, *[TARGET] * 4).address is None
    assert sight(NEW, *[TARGET] * 5).address == TARGET
    hasty = sight(NEW, *[TARGET] * 90, apart=HOUR / 4)
    assert hasty.address is None
    assert sight(NEW, *[TARGET] * 98, apart=HOUR / 4).address == TARGET


@pytest.mark.parametrize("break_with", [None, OTHER])
def test_another_target_or_none_begins_the_count_anew(break_with: str | None):
    """Four and four are not eight in a row."""
    state = sight(NEW, *[TARGET] * 4, break_with, *[TARGET] * 4)
    assert state.address is None
    assert state.move is not None
    assert state.move.sightings == 4


def test_a_target_that_differs_each_time_is_never_adopted():
    """A session id in the address, say."""
    assert sight(NEW, *[f"{TARGET}?sid={number}" for number in range(50)]).address is None


def test_a_good_304_at_the_end_counts_and_a_failure_neither_counts_nor_resets():
    """The answer must be a good one; being down for an hour disproves nothing."""
    state = NEW
    for number in range(5):
        now = NOW + number * 8 * HOUR
        state = after_failure(state, DOWN, now=now, rules=RULES)
        state = succeed(state, hear(hops=MOVED), now=now + HOUR)
    assert state.address == TARGET
    assert state.feed_url == URL


def test_an_adopted_address_that_answers_is_kept():
    """Directly, or by a temporary redirect."""
    for hops in ((), (hop(302, OTHER, url=TARGET),)):
        assert sight_move(ADOPTED, hops, now=NOW) == ADOPTED


def test_an_adopted_address_may_move_on_and_back():
    """By the same rule; back where it was subscribed, there is nothing left to remember."""
    assert sight(ADOPTED, *[OTHER] * 5).address == OTHER
    home = sight(ADOPTED, *[URL] * 5)
    assert (home.address, home.move) == (None, None)


def test_an_adopted_address_that_fails_three_times_is_left():
    """The subscribed one is asked again, and soon."""
    state = replace(ADOPTED, interval_s=900)
    addresses = []
    for _ in range(3):
        state = after_failure(state, DOWN, now=NOW, rules=RULES)
        addresses.append(state.address)
    assert addresses == [TARGET, TARGET, None]
    assert wait_s(state) <= 4400


def test_a_410_of_an_adopted_address_is_not_yet_one_of_the_feed():
    """The address subscribed to is asked first."""
    state = after_failure(ADOPTED, GONE, now=NOW, rules=RULES)
    assert (state.address, state.state) == (None, "active")
    assert wait_s(state) < 86_400
    assert after_failure(state, GONE, now=NOW, rules=RULES).state == "gone"
