"""When a feed is asked again after a good answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.feeds.polling.failures import after_failure
from etl.feeds.polling.schedule import ScheduleRules
from etl.feeds.polling.successes import after_success
from etl.records import FeedState, Validators

from .pasts import DOWN, GONE, NEW, NOW, RULES, every, hear, succeed, wait_s

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOURLY = succeed(NEW, hear(every(60, 20)))


def quiet(state: FeedState, *, hours: float) -> FeedState:
    """Return the state after 304s at the times the schedule chose, for so long after NOW."""
    while state.next_poll_at is not None and state.next_poll_at < NOW + hours * HOUR:
        state = succeed(state, now=state.next_poll_at)
    return state


def test_a_feed_without_a_past_starts_at_the_initial_interval():
    """An empty or undated first document says nothing of the publisher's pace."""
    for heard in (hear([]), hear([None] * 10)):
        assert wait_s(succeed(NEW, heard)) == pytest.approx(RULES.initial_interval_s, rel=0.11)


def test_the_dates_of_the_first_document_already_set_the_pace():
    """Minutes for a wire, hours for a weekly blog, a day for a dead one."""
    wire = wait_s(succeed(NEW, hear(every(6, 20))))
    blog = wait_s(succeed(NEW, hear(every(7 * 24 * 60, 10))))
    dead = wait_s(succeed(NEW, hear(every(60, 10, until=NOW - 900 * DAY))))
    assert 5 * 60 <= wire < 20 * 60
    assert 3 * 3600 < blog < 16 * 3600
    assert dead > 0.89 * 86_400


def test_a_feed_known_before_rhythms_were_kept_learns_from_all_it_shows():
    """A warehouse of an older version: its entries are known, their hours are not yet."""
    older = replace(NEW, last_polled_at=NOW - HOUR, interval_s=3600, last_new_at=NOW - HOUR)
    assert succeed(older, hear([], every(6, 20))).rhythm == succeed(NEW, hear(every(6, 20))).rhythm


def test_a_burst_shortens_the_wait_at_once():
    """Ten entries where one was usual."""
    usual = succeed(HOURLY, hear([NOW + HOUR / 2], every(60, 19)), now=NOW + HOUR)
    burst = succeed(HOURLY, hear(every(5, 10, until=NOW + HOUR), every(60, 10)), now=NOW + HOUR)
    assert wait_s(burst, NOW + HOUR) < 0.7 * wait_s(usual, NOW + HOUR)


def test_a_feed_fallen_silent_is_asked_ever_less_down_to_once_a_day():
    """A day of silence of an hourly feed shows; a year of it is the longest interval."""
    waits = [quiet(HOURLY, hours=hours).interval_s or 0 for hours in (1, 24, 24 * 14, 24 * 500)]
    assert waits == sorted(waits)
    assert waits[1] > 1.5 * waits[0]
    assert waits[3] == RULES.max_interval_s


def test_silence_at_night_is_no_silence_to_a_paper_that_sleeps():
    """Its morning is met as if nothing had been."""
    state, now = NEW, NOW - 21 * DAY
    while now < NOW:
        now += HOUR
        has_news = 6 <= now.hour < 20
        state = succeed(state, hear([now - HOUR / 2] * 3) if has_news else hear(), now=now)
    day = succeed(state, hear(), now=datetime(2026, 2, 18, 10, tzinfo=UTC))
    night = succeed(state, hear(), now=datetime(2026, 2, 18, 0, tzinfo=UTC))
    assert day.interval_s is not None
    assert night.interval_s is not None
    assert night.interval_s > 4 * day.interval_s
    assert night.next_poll_at is not None
    assert night.next_poll_at < datetime(2026, 2, 18, 7, 30, tzinfo=UTC)


def test_entries_do_not_scroll_out_of_a_feed_that_shows_few():
    """The fewer it shows, the sooner it is asked."""
    wide, narrow = hear(every(3, 20)), hear(every(3, 20))
    assert narrow.feed is not None
    narrow = replace(narrow, feed=replace(narrow.feed, entries=narrow.feed.entries[-3:]))
    rules = ScheduleRules(min_interval_s=1)
    waits = [wait_s(after_success(NEW, heard, now=NOW, rules=rules)) for heard in (wide, narrow)]
    assert waits[1] < waits[0]
    assert waits[1] / 60 * 20 / 60 < 3 / 2


def test_the_interval_stays_within_its_bounds():
    """However long news or silence last."""
    busy, now = NEW, NOW
    for _ in range(60):
        busy = succeed(busy, hear([now] * 50, [now - DAY]), now=now)
        assert busy.next_poll_at is not None
        now = busy.next_poll_at
    assert busy.interval_s == RULES.min_interval_s
    assert RULES.min_interval_s <= wait_s(busy, busy.last_polled_at or NOW)


def test_a_feed_is_not_asked_more_often_than_it_wishes_also_after_a_304():
    """Its ttl is the floor, up to a day, until a full answer says otherwise."""
    asked = succeed(NEW, hear(every(6, 20), ttl_s=7200))
    assert asked.floor_s == 7200
    assert wait_s(asked) >= 7200
    assert wait_s(succeed(asked)) >= 7200
    assert wait_s(succeed(NEW, hear(every(6, 20), ttl_s=10**8))) <= 86_400
    assert wait_s(succeed(asked, hear(every(6, 20)))) < 7200


def test_freshness_headers_hold_for_the_answer_that_bears_them():
    """A 304 bears them too."""
    fresh = (("cache-control", "max-age=7200"),)
    assert wait_s(succeed(NEW, hear(every(6, 20), headers=fresh))) >= 7200
    learned = succeed(NEW, hear(every(6, 20)))
    assert wait_s(succeed(learned, hear(headers=fresh))) >= 7200
    assert wait_s(succeed(learned)) < 7200


def test_a_floor_above_the_longest_interval_wins():
    """The publisher's wish outranks our settings."""
    rules = ScheduleRules(max_interval_s=3600)
    state = after_success(NEW, hear([NOW], ttl_s=7200), now=NOW, rules=rules)
    assert 7200 <= wait_s(state) <= 7920


def test_skipped_hours_are_slept_through_also_after_a_304():
    """The feed's last word on them holds."""
    skips = frozenset(range(15, 24)) | frozenset(range(6))
    state = succeed(NEW, hear(every(6, 20), skip_hours=skips))
    assert state.next_poll_at == datetime(2026, 2, 18, 6, tzinfo=UTC)
    again = succeed(state)
    assert again.next_poll_at == datetime(2026, 2, 18, 6, tzinfo=UTC)
    assert succeed(state, hear(every(6, 20))).next_poll_at < NOW + HOUR


def test_feeds_subscribed_together_drift_apart_the_same_way_each_time():
    """By a tenth either way, by feed and time alone."""
    states = [replace(HOURLY, feed_url=f"https://n{number}.test/") for number in range(50)]
    later = [succeed(state, now=NOW + HOUR) for state in states]
    waits = [wait_s(state, NOW + HOUR) for state in later]
    interval_s = later[0].interval_s
    assert interval_s is not None
    assert len(set(waits)) > 40
    assert all(0.89 * interval_s <= wait <= 1.11 * interval_s for wait in waits)
    assert waits == [wait_s(succeed(state, now=NOW + HOUR), NOW + HOUR) for state in states]


def test_success_remembers_what_the_answer_said():
    """Title, format, body, times, the newest entry and how many it shows."""
    state = succeed(NEW, hear(every(60, 5)))
    assert (state.title, state.format, state.body_sha256) == ("Example", "rss", "ab")
    assert (state.last_polled_at, state.last_new_at, state.newest_entry_at) == (NOW, NOW, NOW)
    assert (state.window_entries, state.last_status) == (5, 200)
    assert state.validators == Validators(etag='"1"')
    after = succeed(state, now=NOW + HOUR)
    assert (after.title, after.format, after.last_new_at) == ("Example", "rss", NOW)
    assert (after.body_sha256, after.window_entries, after.last_status) == ("ab", 5, 304)
    assert after.newest_entry_at == NOW


def test_a_date_in_the_future_is_not_the_newest():
    """Else nothing would ever follow on it."""
    assert succeed(NEW, hear([NOW, NOW + 300 * DAY])).newest_entry_at == NOW


def test_silence_is_said_after_three_days_at_the_soonest_and_only_of_feeds_with_a_past():
    """A wire silent for three days is; of a blog with four entries nobody can say."""
    wire = succeed(HOURLY, hear([NOW + HOUR]), now=NOW + HOUR)
    assert wire.silent_at == NOW + HOUR + 3 * DAY
    assert succeed(NEW, hear(every(7 * 24 * 60, 10))).silent_at is None
    slow = succeed(NEW, hear(every(24 * 60, 30)))
    assert slow.silent_at is not None
    assert slow.silent_at > NOW + 6 * DAY


def test_silence_leaves_its_time_as_it_is_and_forgets_nothing():
    """Polls without news do not move it, however much the rhythm decays meanwhile."""
    assert quiet(HOURLY, hours=24 * 90).silent_at == HOURLY.silent_at is not None


def test_a_weekly_letter_of_ten_is_not_silent_between_two_fridays():
    """Twice the pause that has just ended is allowed for."""
    state, now = NEW, NOW
    for _ in range(6):
        state = succeed(state, hear([now] * 10), now=now)
        state = succeed(state, hear([now + HOUR]), now=now + HOUR)
        before, now = state, now + 7 * DAY
    assert before.silent_at is not None
    assert before.silent_at > now


@settings(deadline=None)
@given(st.lists(st.sampled_from(["new", "none", "same", "down", "gone", "lost"]), max_size=40))
def test_whatever_happens_the_next_poll_is_ahead_and_within_eight_days(events: list[str]):
    """No history stops a feed or makes it spin."""
    state, now = NEW, NOW
    for event in events:
        if event in ("down", "gone"):
            failed = GONE if event == "gone" else DOWN
            state = after_failure(state, failed, now=now, rules=RULES)
        else:
            heard = {
                "same": hear(),
                "none": hear([], [now - DAY]),
                "new": hear([now, None], [now - DAY]),
                "lost": hear([now] * 30),
            }[event]
            state = succeed(state, heard, now=now)
        assert RULES.min_interval_s <= wait_s(state, now) <= 8 * 86_400
        assert state.next_poll_at is not None
        now = state.next_poll_at
