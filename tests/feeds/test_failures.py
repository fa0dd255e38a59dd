"""What failing costs a feed: patience, never the subscription."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from etl.feeds.polling.failures import after_failure
from etl.outcomes import Reason
from etl.records import Failed, FeedState

from .pasts import DOWN, GONE, NEW, NOW, RULES, every, hear, succeed, wait_s

TRIED = replace(NEW, interval_s=3600, last_polled_at=NOW - timedelta(hours=1))
DAY = timedelta(days=1)


def fail(state: FeedState, failed: Failed = DOWN, *, days: float = 0) -> FeedState:
    """Return the state after a failure so many days after NOW."""
    return after_failure(state, failed, now=NOW + days * DAY, rules=RULES)


def test_failures_lengthen_the_wait_step_by_step_and_never_for_ever():
    """One interval more each time, a day at most, always another try."""
    state, waits = replace(TRIED, interval_s=900), []
    for _ in range(200):
        state = fail(state)
        waits.append(wait_s(state))
    assert 1620 <= waits[0] <= 1980
    assert waits[0] < waits[2] < waits[10] < waits[50]
    assert max(waits) <= 86_400
    assert (state.state, state.interval_s) == ("failing", 900)


def test_a_feed_is_called_failing_after_three_failures_and_active_after_one_success():
    """The count and the sentence are for people."""
    state, states = TRIED, []
    for number in range(3):
        state = fail(state, days=number / 24)
        states.append(state.state)
    assert states == ["active", "active", "failing"]
    assert (state.consecutive_failures, state.failing_since) == (3, NOW)
    assert state.last_error == "The server took too long: no answer in 20 s (3 times in a row)."
    well = succeed(state)
    assert (well.state, well.last_error, well.failing_since) == ("active", None, None)
    assert well.consecutive_failures == 0


@pytest.mark.parametrize(("asked_s", "least_s"), [(30_000, 30_000), (31_536_000, 86_000)])
def test_retry_after_is_obeyed_up_to_a_day(asked_s: float, least_s: float):
    """Never earlier than asked; a year is not asked seriously (RFC 9110, 10.2.3)."""
    limited = replace(DOWN, reason=Reason.RATE_LIMITED, status=429, retry_after_s=asked_s)
    assert least_s <= wait_s(fail(TRIED, limited)) <= 86_400


@pytest.mark.parametrize("failed", [GONE, replace(GONE, reason=Reason.HTTP_STATUS)])
def test_a_gone_feed_is_asked_once_a_week_and_may_come_back(failed: Failed):
    """A later time-out does not make it less gone; an answer does, and its rhythm is kept."""
    learned = succeed(NEW, hear(every(30, 20)))
    gone = fail(learned, failed)
    assert gone.state == "gone"
    assert 6 * 86_400 < wait_s(gone) < 8 * 86_400
    still = fail(gone, days=7)
    assert still.state == "gone"
    back = succeed(still, hear(every(30, 5)), now=NOW + 14 * DAY)
    assert (back.state, back.failing_since) == ("active", None)
    assert back.rhythm is not None
    assert learned.rhythm is not None
    assert back.rhythm.since == learned.rhythm.since


def test_a_month_of_failures_retires_a_feed_to_a_question_a_week():
    """Twenty at least; a feed asked rarely is not given up for being asked rarely."""
    state = TRIED
    for number in range(30):
        state = fail(state, days=number)
        assert state.state != "gone"
    state = fail(state, days=30.1)
    assert state.state == "gone"
    assert 6 * 86_400 < wait_s(state, NOW + 30.1 * DAY) < 8 * 86_400
    rare = fail(fail(TRIED), days=90)
    assert rare.state == "active"


def test_failures_do_not_count_towards_death_across_a_success():
    """The month is one of unbroken failure."""
    state = TRIED
    for number in range(60):
        state = fail(state, days=number)
        if number % 20 == 19:
            state = succeed(state, now=NOW + number * DAY)
    assert fail(state, days=61).state == "active"


def test_a_paused_feed_stays_paused_when_it_is_polled_by_hand():
    """Only the user ends a pause."""
    paused = replace(TRIED, state="paused")
    assert succeed(paused).state == "paused"
    assert fail(paused).state == "paused"
    assert fail(paused, GONE).state == "paused"
