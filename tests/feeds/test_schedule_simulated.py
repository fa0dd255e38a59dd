"""Years of invented feeds: what the schedule spends and what it brings, against fixed intervals."""

from __future__ import annotations

from functools import cache

import pytest

from .synthetic import FEEDS, Tally, poll_adaptively, poll_by_the_clock

BY_NAME = {feed.name: feed for feed in FEEDS}


@cache
def tallies(name: str) -> tuple[Tally, Tally, Tally]:
    """Return what the schedule, and polls every 15 and every 60 minutes, make of a feed."""
    feed = BY_NAME[name]
    return poll_adaptively(feed), poll_by_the_clock(feed, 15), poll_by_the_clock(feed, 60)


def in_all() -> tuple[Tally, Tally, Tally]:
    """Return the same over all feeds."""
    ours, quarterly, hourly = zip(*(tallies(name) for name in BY_NAME), strict=True)
    return sum(ours, Tally()), sum(quarterly, Tally()), sum(hourly, Tally())


def test_over_all_feeds_it_costs_less_than_hourly_polls_and_lags_little_more_than_half():
    """And a quarter of polls every quarter of an hour."""
    ours, quarterly, hourly = in_all()
    assert ours.polls < quarterly.polls / 4
    assert ours.polls < hourly.polls
    assert ours.mean_lag_min < 0.7 * hourly.mean_lag_min


def test_polls_are_spent_where_entries_would_scroll_out():
    """A busy feed that shows three entries loses fewer than if it were asked every 15 minutes."""
    ours, quarterly, _ = tallies("narrow")
    assert ours.lost < 0.6 * quarterly.lost
    ours, _, hourly = in_all()
    assert ours.lost < hourly.lost / 2


@pytest.mark.parametrize("name", ["newspaper", "undated", "small paper", "growing"])
def test_a_newsroom_that_sleeps_is_met_sooner_than_by_the_hour_at_fewer_polls(name: str):
    """Nights cost nothing, with dates or without; growth is followed."""
    ours, quarterly, hourly = tallies(name)
    assert ours.polls < 0.7 * quarterly.polls
    assert ours.mean_lag_min < 0.8 * hourly.mean_lag_min


def test_a_weekly_blog_costs_a_few_polls_a_day():
    """And is still met the same day."""
    ours, _, hourly = tallies("weekly blog")
    assert ours.polls < 0.2 * hourly.polls
    assert ours.mean_lag_min < 8 * 60


def test_a_feed_that_died_costs_less_and_less():
    """A handful of polls a day over four months of silence; three dozen while it lived."""
    ours, _, _ = tallies("dying")
    assert ours.vain < 6 * 120
    assert ours.polls - ours.vain > 20 * 60


def test_only_the_feed_that_died_is_ever_called_silent():
    """Within the week; nights, weekends and long waits between bursts are no silence."""
    for name in BY_NAME:
        silent_from = tallies(name)[0].silent_from
        if name == "dying":
            assert silent_from == pytest.approx(60 + 4.5, abs=2)
        else:
            assert silent_from is None, name


def test_losses_are_estimated_within_a_few_times_and_never_imagined():
    """Where nothing was lost, nothing is reported."""
    for name in BY_NAME:
        ours = tallies(name)[0]
        if ours.lost == 0:
            assert ours.noticed == 0, name
        else:
            assert 0.5 * ours.lost <= ours.noticed <= 5 * ours.lost, name
