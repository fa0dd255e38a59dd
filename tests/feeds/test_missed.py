"""How many entries came and went unseen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from etl.feeds.polling.missed import estimate_missed
from etl.records import FeedState

from .pasts import NEW, NOW, every, hear, succeed, wait_s

HOURLY = [1.0] * 24


def estimate(
    new: list[datetime | None],
    known: list[datetime | None],
    *,
    newest_before: datetime | None = NOW - timedelta(hours=30),
    rates: list[float] = HOURLY,
) -> int:
    """Return the estimate for a document read at NOW, the last one 30 hours before."""
    return estimate_missed(
        new,
        known,
        newest_before=newest_before,
        last_read_at=NOW - timedelta(hours=30),
        now=NOW,
        rates=rates,
    )


def test_nothing_was_missed_while_the_last_document_reaches_into_this_one():
    """Its newest entry is still there."""
    assert estimate(every(60, 9), [NOW - timedelta(hours=30)]) == 0


def test_the_gap_between_two_documents_is_filled_at_the_documents_own_pace():
    """Ten entries an hour apart after a gap of twenty hours: about twenty."""
    assert estimate(every(60, 10), []) == pytest.approx(20, abs=3)
    slower = [0.5] * 24  # the rhythm learned so far says half
    assert 10 <= estimate(every(60, 10), [], rates=slower) <= 20


def test_the_night_is_not_filled_at_the_pace_of_the_day():
    """The hours' shape comes from the rhythm."""
    day = [2.0 if 8 <= hour < 20 else 0.02 for hour in range(24)]
    morning = datetime(2026, 2, 17, 11, 0, tzinfo=UTC)
    new = [morning - timedelta(minutes=30) * number for number in range(5)]  # 09:00 to 11:00
    missed = estimate_missed(
        new, [], newest_before=morning - timedelta(hours=14), last_read_at=morning, now=morning,
        rates=day,
    )  # fmt: skip
    assert 1 <= missed <= 3  # of twelve hours, one is of the day; at the day's pace it were 24


def test_a_pinned_entry_does_not_hide_that_all_others_scrolled_out():
    """It stands far behind the newest of last time."""
    pinned = NOW - timedelta(days=60)
    assert estimate(every(60, 10), [pinned]) == pytest.approx(20, abs=3)


def test_a_withdrawn_entry_is_not_a_loss():
    """The one before it is still there."""
    beside = NOW - timedelta(hours=31)
    assert estimate(every(60, 10), [beside]) == 0


def test_a_document_that_just_follows_on_misses_nothing():
    """A feed that shows one entry at a time shows a new one."""
    assert estimate([NOW - timedelta(hours=29)], []) == 0


def test_entries_imported_within_a_second_say_nothing_of_last_month():
    """Their pace is believed for three times as long as it lasted."""
    at_once = [NOW - timedelta(seconds=number) for number in range(15)]
    assert estimate(at_once, [], newest_before=NOW - timedelta(days=30)) < 30 * 24 * 1.1


def test_without_dates_the_rhythm_says_how_many_there_were():
    """Thirty hours at one an hour, of which ten are seen."""
    assert estimate([None] * 10, [], newest_before=None) == 20
    assert estimate([None] * 10, [None], newest_before=None) == 0


def test_entries_older_than_the_last_newest_were_not_missed_between():
    """A list of favourites is not a stream."""
    assert estimate([NOW - timedelta(days=day) for day in range(3, 9)], []) == 0


def test_a_loss_is_counted_and_shortens_the_wait_at_once():
    """From "never judged" to 0 to the estimate; the wait is under half of what was too long."""
    start = NOW - timedelta(hours=10)
    first = succeed(succeed_first(start), hear(), now=start + timedelta(hours=1))
    assert first.missed_estimate == 0
    late = succeed(first, hear(every(20, 10)))
    assert late.missed_estimate == pytest.approx(20, abs=6)
    assert wait_s(late) < 9 * 3600 / 2
    calm = succeed(first, hear(every(20, 5), [start]))
    assert calm.missed_estimate == 0
    assert wait_s(late) < wait_s(calm)


def test_the_first_documents_cannot_be_judged():
    """There is nothing to compare the first with, nor the second if the first was empty."""
    start = NOW - timedelta(hours=10)
    assert succeed_first(start).missed_estimate is None
    empty = succeed(NEW, hear([]), now=start)
    assert succeed(empty, hear(every(20, 10))).missed_estimate is None


def test_an_index_read_in_part_is_not_judged():
    """What is missing may stand in the sitemap that failed."""
    first = succeed_first(NOW - timedelta(hours=10))
    assert succeed(first, hear(every(20, 10), is_partial=True)).missed_estimate == 0


def succeed_first(now: datetime) -> FeedState:
    """Return the state after a first document of ten entries twenty minutes apart."""
    return succeed(NEW, hear(every(20, 10, until=now)), now=now)
