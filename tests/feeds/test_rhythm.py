"""What a feed's arrivals teach about its hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.feeds.polling.rhythm import HALF_LIFE, expected, hourly_rates, hours_between, learn, reach
from etl.records import Rhythm

NOW = datetime(2026, 2, 17, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

moments = st.timedeltas(timedelta(days=-2_000), timedelta(days=2_000)).map(lambda on: NOW + on)
rate_tables = st.lists(st.floats(1e-4, 1e3), min_size=24, max_size=24)


def watch(days: int, hours: range, per_hour: int) -> Rhythm:
    """Return what days of hourly polls teach of a feed with entries in these hours alone."""
    rhythm = learn(None, [], now=NOW)
    for number in range(1, days * 24 + 1):
        at = NOW + number * HOUR
        is_on = (at - HOUR).hour in hours
        dates = [at - HOUR / 2] * per_hour if is_on else []
        rhythm = learn(rhythm, dates, now=at)
    return rhythm


def test_a_newsroom_that_sleeps_has_busy_hours_and_quiet_ones():
    """A fortnight of polls tells them apart, with the true rate by day."""
    rates = hourly_rates(watch(14, range(8, 18), 5), prior_rate=4)
    assert min(rates[9:17]) == pytest.approx(5, rel=0.15)
    assert max(rates[20:24]) < 0.3


def test_a_steady_feed_has_its_mean_at_every_hour():
    """Whatever the time of the day it is looked at."""
    rates = hourly_rates(watch(14, range(24), 2), prior_rate=4)
    assert all(rate == pytest.approx(2, rel=0.05) for rate in rates)


def test_the_first_document_teaches_its_own_history():
    """Twenty entries an hour apart: one an hour, in hours seen and in hours not seen."""
    rhythm = learn(None, [NOW - (number + 0.5) * HOUR for number in range(20)], now=NOW)
    rates = hourly_rates(rhythm, prior_rate=4)
    assert all(0.7 < rate < 1.4 for rate in rates)
    few = learn(None, [NOW - number * HOUR / 10 for number in range(20)], now=NOW)
    assert 7 < hourly_rates(few, prior_rate=4)[NOW.hour - 1] < 14


def test_a_pinned_entry_of_years_ago_does_not_slow_a_busy_feed():
    """The oldest fifth of a first document is not believed."""
    dates = [NOW - number * HOUR for number in range(14)] + [NOW - 2000 * DAY]
    rates = hourly_rates(learn(None, dates, now=NOW), prior_rate=4)
    assert sum(rates) / 24 == pytest.approx(1, rel=0.4)


def test_a_feed_dead_for_years_is_known_to_be_from_its_first_document():
    """Its entries have decayed to nothing."""
    dates = [NOW - 1000 * DAY - number * HOUR for number in range(20)]
    assert max(hourly_rates(learn(None, dates, now=NOW), prior_rate=4)) < 0.01


def test_dates_outside_the_time_since_the_last_poll_are_clamped():
    """New is what was not there before, whatever its date says."""
    before = learn(None, [], now=NOW)
    after = learn(before, [NOW - 900 * DAY, NOW + 900 * DAY], now=NOW + 2 * HOUR)
    assert after.arrivals[NOW.hour] == 1
    assert after.arrivals[(NOW + 2 * HOUR).hour] == 1


def test_undated_entries_are_spread_over_the_time_since_the_last_poll():
    """Evenly: nobody knows when they came."""
    after = learn(learn(None, [], now=NOW), [None] * 6, now=NOW + 3 * HOUR)
    assert [after.arrivals[NOW.hour + hour] for hour in range(3)] == pytest.approx([2, 2, 2])
    at_once = learn(learn(None, [], now=NOW), [None] * 6, now=NOW)
    assert sum(at_once.arrivals) == pytest.approx(6)


def test_arrivals_count_half_after_a_half_life():
    """What a feed did last summer is forgotten."""
    busy = learn(learn(None, [], now=NOW), [NOW] * 8, now=NOW)
    assert sum(learn(busy, [], now=NOW + HALF_LIFE).arrivals) == pytest.approx(4)


@settings(deadline=None)
@given(moments, st.floats(0, 5_000))
def test_the_hours_between_two_moments_add_up_to_the_time_between(start: datetime, hours: float):
    """None is lost at midnight or at an hour's end; backwards there are none."""
    end = start + hours * HOUR
    passed = hours_between(start, end)
    assert sum(passed) == pytest.approx((end - start) / HOUR, abs=1e-6)
    assert min(passed) >= 0
    assert sum(hours_between(end, start)) == 0


@settings(deadline=None)
@given(moments, rate_tables, st.floats(0, 1e4))
def test_what_is_expected_until_an_amount_is_reached_is_that_amount(
    start: datetime, rates: list[float], amount: float
):
    """`reach` and `expected` are each other's inverse, except beyond ten years."""
    at = reach(rates, start, amount)
    assert at >= start
    if at < start + 3_649 * DAY:
        assert expected(rates, start, at) == pytest.approx(amount, rel=1e-3, abs=1e-2)
    else:
        assert expected(rates, start, at) <= amount * (1 + 1e-6)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 200), st.lists(st.none() | moments, max_size=5)), max_size=8)
)
def test_rates_are_above_zero_whatever_was_learned(steps: list):
    """Wrong dates, polls at the same moment, long gaps: a poll is always due some day."""
    rhythm, now = None, NOW
    for hours, dates in steps:
        now += hours * HOUR
        rhythm = learn(rhythm, dates, now=now)
        rates = hourly_rates(rhythm, prior_rate=4)
        assert len(rates) == 24
        assert all(0 < rate < 1e6 for rate in rates)
        assert rhythm.since <= rhythm.as_of == now
