"""When a feed is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feeds.schedule import ScheduleRules, after_failure, after_success
from etl.outcomes import Reason
from etl.records import Failed, Feed, FeedState, Validators

NOW = datetime(2026, 2, 17, 15, 0, tzinfo=UTC)
RULES = ScheduleRules()
NEW = FeedState(feed_url="https://news.test/feed.xml")
TRIED = replace(NEW, interval_s=3600, last_polled_at=NOW - timedelta(hours=1))
FEED = Feed(url=NEW.feed_url, format="rss", title="Example", home_url=None, entries=())
DOWN = Failed(url=NEW.feed_url, reason=Reason.TIMEOUT, detail="no answer in 20 s")


def succeed(state: FeedState, feed: Feed | None = FEED, *, new_entries: int = 0) -> FeedState:
    """Return the state after a good poll at NOW."""
    return after_success(
        state,
        feed,
        now=NOW,
        status=200 if feed else 304,
        validators=Validators(etag='"1"') if feed else Validators(),
        body_sha256="ab" if feed else None,
        new_entries=new_entries,
        rules=RULES,
    )


def wait_s(state: FeedState) -> float:
    """Return the seconds until the next poll."""
    assert state.next_poll_at is not None
    return (state.next_poll_at - NOW).total_seconds()


def test_the_first_poll_starts_at_the_initial_interval_whatever_is_new():
    """Everything is new then: that says nothing of the publisher's pace."""
    assert succeed(NEW, new_entries=40).interval_s == RULES.initial_interval_s


def test_news_shortens_the_interval_and_silence_lengthens_it():
    """By the factors of the rule."""
    assert succeed(TRIED, new_entries=3).interval_s == 2160
    assert succeed(TRIED).interval_s == 4680
    assert succeed(TRIED, None).interval_s == 4680


def test_the_interval_stays_within_its_bounds():
    """However long news or silence last."""
    busy = quiet = TRIED
    for _ in range(30):
        busy, quiet = succeed(busy, new_entries=1), succeed(quiet)
    assert busy.interval_s == RULES.min_interval_s
    assert quiet.interval_s == RULES.max_interval_s
    assert wait_s(busy) >= RULES.min_interval_s
    assert wait_s(quiet) <= RULES.max_interval_s


def test_a_feed_is_not_asked_more_often_than_it_wishes():
    """Its ttl is the floor, up to a day."""
    assert wait_s(succeed(TRIED, replace(FEED, ttl_s=7200), new_entries=1)) >= 7200
    assert wait_s(succeed(TRIED, replace(FEED, ttl_s=10**8), new_entries=1)) <= 86_400


def test_feeds_subscribed_together_drift_apart_the_same_way_each_time():
    """The jitter depends on the feed and the time alone."""
    states = [replace(TRIED, feed_url=f"https://n{number}.test/") for number in range(50)]
    waits = [wait_s(succeed(state)) for state in states]
    assert len(set(waits)) > 40
    assert all(4680 * 0.9 <= wait <= 4680 * 1.1 for wait in waits)
    assert waits == [wait_s(succeed(state)) for state in states]


def test_success_remembers_what_the_answer_said():
    """Title, format, validators, body and times."""
    state = succeed(replace(TRIED, last_error="x", consecutive_failures=2), new_entries=1)
    assert (state.title, state.format, state.body_sha256) == ("Example", "rss", "ab")
    assert state.validators == Validators(etag='"1"')
    assert (state.last_polled_at, state.last_new_at) == (NOW, NOW)
    assert (state.consecutive_failures, state.last_error, state.last_status) == (0, None, 200)


def test_a_304_without_validators_keeps_the_old_ones_and_the_body():
    """A 200 without them drops them: they belong to another body."""
    before = succeed(TRIED)
    after = succeed(before, None)
    assert (after.validators, after.body_sha256) == (before.validators, "ab")
    assert (after.title, after.format, after.last_new_at) == ("Example", "rss", None)
    bare = after_success(
        before, FEED, now=NOW, status=200, validators=Validators(), body_sha256="cd",
        new_entries=0, rules=RULES,
    )  # fmt: skip
    assert bare.validators == Validators()


def test_failures_lengthen_the_wait_step_by_step_and_never_for_ever():
    """One interval more each time, a day at most, always another try."""
    state, waits = replace(TRIED, interval_s=900), []
    for _ in range(200):
        state = after_failure(state, DOWN, now=NOW, rules=RULES)
        waits.append(wait_s(state))
    assert 1620 <= waits[0] <= 1980
    assert waits[0] < waits[2] < waits[10] < waits[50]
    assert max(waits) <= 86_400
    assert state.state == "failing"
    assert state.interval_s == 900


def test_a_feed_is_called_failing_after_three_failures_and_active_after_one_success():
    """The count and the sentence are for people."""
    state, states = TRIED, []
    for _ in range(3):
        state = after_failure(state, DOWN, now=NOW, rules=RULES)
        states.append(state.state)
    assert states == ["active", "active", "failing"]
    assert state.consecutive_failures == 3
    assert state.last_error == "The server took too long: no answer in 20 s (3 times in a row)."
    assert succeed(state).state == "active"


def test_a_first_poll_that_fails_does_not_count_as_a_pace():
    """The first success still begins at the initial interval."""
    state = after_failure(NEW, DOWN, now=NOW, rules=RULES)
    assert succeed(state, new_entries=40).interval_s == RULES.initial_interval_s


def test_retry_after_is_obeyed_up_to_a_day():
    """Never earlier than asked; a year is not asked seriously."""
    limited = replace(DOWN, reason=Reason.RATE_LIMITED, status=429, retry_after_s=30_000)
    assert wait_s(after_failure(TRIED, limited, now=NOW, rules=RULES)) >= 30_000
    limited = replace(limited, retry_after_s=31_536_000)
    assert wait_s(after_failure(TRIED, limited, now=NOW, rules=RULES)) <= 86_400


@pytest.mark.parametrize("failed", [
    replace(DOWN, reason=Reason.GONE, status=410, is_permanent=True),
    replace(DOWN, reason=Reason.HTTP_STATUS, status=410),
])  # fmt: skip
def test_a_gone_feed_is_asked_once_a_week_and_may_come_back(failed: Failed):
    """A later time-out does not make it less gone; an answer does."""
    gone = after_failure(TRIED, failed, now=NOW, rules=RULES)
    assert gone.state == "gone"
    assert 6 * 86_400 < wait_s(gone) < 8 * 86_400
    assert after_failure(gone, DOWN, now=NOW, rules=RULES).state == "gone"
    back = succeed(gone, new_entries=5)
    assert (back.state, back.interval_s) == ("active", RULES.initial_interval_s)


def test_a_paused_feed_stays_paused_when_it_is_polled_by_hand():
    """Only the user ends a pause."""
    paused = replace(TRIED, state="paused")
    assert succeed(paused).state == "paused"
    assert after_failure(paused, DOWN, now=NOW, rules=RULES).state == "paused"


@given(st.lists(st.sampled_from(["new", "none", "same", "down", "gone"]), max_size=40))
def test_whatever_happens_the_next_poll_is_ahead_and_within_eight_days(events: list[str]):
    """No history stops a feed or makes it spin."""
    state = NEW
    for event in events:
        if event == "down":
            state = after_failure(state, DOWN, now=NOW, rules=RULES)
        elif event == "gone":
            failed = replace(DOWN, reason=Reason.GONE)
            state = after_failure(state, failed, now=NOW, rules=RULES)
        else:
            feed = None if event == "same" else FEED
            state = succeed(state, feed, new_entries=2 if event == "new" else 0)
        assert RULES.min_interval_s <= wait_s(state) <= 8 * 86_400
