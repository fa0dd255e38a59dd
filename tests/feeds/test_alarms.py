"""What about a feed is told to people."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from etl.feeds.polling.alarms import feed_alarms
from etl.feeds.polling.failures import after_failure
from etl.records import FeedState, Move

from .pasts import DOWN, GONE, NEW, NOW, RULES, every, hear, succeed

DAY = timedelta(days=1)


def alarms(before: FeedState, state: FeedState, *, days: float = 0) -> dict[str, str]:
    """Return the alarms that hold, kind to detail."""
    return {one.kind: one.detail for one in feed_alarms(before, state, now=NOW + days * DAY)}


def test_a_well_feed_has_no_alarm():
    """Nor one never polled before."""
    state = succeed(NEW, hear(every(60, 20)))
    assert alarms(NEW, state) == {}
    assert alarms(state, succeed(state)) == {}


def test_a_failing_feed_says_what_went_wrong_and_a_gone_one_since_when():
    """One of the two; both end with the first good answer."""
    state = NEW
    for _ in range(3):
        state = after_failure(state, DOWN, now=NOW, rules=RULES)
    assert list(alarms(NEW, state)) == ["feed_failing"]
    assert "too long" in alarms(NEW, state)["feed_failing"]
    gone = after_failure(NEW, GONE, now=NOW, rules=RULES)
    assert list(alarms(NEW, gone)) == ["feed_gone"]
    assert "2026-02-17" in alarms(NEW, gone)["feed_gone"]
    assert "once a week" in alarms(NEW, gone)["feed_gone"]
    assert alarms(gone, succeed(gone)) == {}


def test_a_lie_is_an_alarm_for_as_long_as_it_is_not_forgiven():
    """Thirty days."""
    liar = replace(succeed(NEW, hear([NOW])), lied_at=NOW)
    assert "2026-03-19" in alarms(liar, liar, days=29)["feed_lying"]
    assert alarms(liar, liar, days=30) == {}


def test_silence_is_an_alarm_until_news_come():
    """Good answers without news, after the time by which some should have come."""
    wire = succeed(NEW, hear(every(30, 20)))
    assert alarms(wire, succeed(wire, now=NOW + 2 * DAY), days=2) == {}
    silent = succeed(wire, now=NOW + 4 * DAY)
    assert "since 2026-02-17" in alarms(wire, silent, days=4)["feed_silent"]
    spoke = succeed(silent, hear([NOW + 4 * DAY]), now=NOW + 4 * DAY)
    assert "feed_silent" not in alarms(silent, spoke, days=4)


def test_a_broken_feed_is_not_silent_and_a_silent_one_does_not_speak_by_failing():
    """Only good answers can tell."""
    wire = succeed(NEW, hear(every(30, 20)))
    broken = after_failure(wire, DOWN, now=NOW + 1 * DAY, rules=RULES)
    broken = after_failure(broken, DOWN, now=NOW + 9 * DAY, rules=RULES)
    assert "feed_silent" not in alarms(wire, broken, days=9)
    silent = succeed(wire, now=NOW + 8 * DAY)
    failed = after_failure(silent, DOWN, now=NOW + 9 * DAY, rules=RULES)
    assert "feed_silent" in alarms(silent, failed, days=9)


def test_a_moved_feed_says_where_it_is_asked_and_how_to_subscribe_there():
    """With the date since when it redirects."""
    target = "https://new.test/feed"
    move = Move(target=target, sightings=5, first_seen_at=NOW - 2 * DAY)
    state = replace(NEW, address=target, move=move)
    detail = alarms(state, state)["feed_moved"]
    assert f"asked at {target}" in detail
    assert "since 2026-02-15" in detail
    assert f"newshouse feeds add {target}" in detail
    onwards = replace(state, move=replace(move, target="https://third.test/"))
    assert "since" not in alarms(onwards, onwards)["feed_moved"]


def test_a_loss_is_an_alarm_of_the_poll_that_found_it():
    """The next one that finds none clears it."""
    first = succeed(NEW, hear(every(30, 10, until=NOW - DAY)), now=NOW - DAY)
    lossy = succeed(first, hear(every(30, 10)))
    missed = (24 * 2) - 10
    told = re.search(r"about (\d+) entries", alarms(first, lossy)["feed_missing_entries"])
    assert told is not None
    assert int(told[1]) == pytest.approx(missed, abs=4)
    assert alarms(lossy, succeed(lossy)) == {}
