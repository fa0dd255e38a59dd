"""What an entry asks for, and when its page is looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feeds.decide import Fetch, Reject, Skip, decide_entry, next_retry, next_revisit
from etl.feeds.parse import parse_feed
from etl.outcomes import Outcome, Reason
from etl.records import Entry, KnownEntry

from .documents import FEED_URL, rss

NOW = datetime(2026, 2, 17, 15, 0, tzinfo=UTC)


def entry_of(link: str = "<link>https://n.test/a</link>") -> Entry:
    """Return an entry published 48 minutes ago."""
    published = "<pubDate>Tue, 17 Feb 2026 14:12:00 GMT</pubDate>"
    item = f"<item><guid isPermaLink='false'>1</guid>{link}{published}</item>"
    return parse_feed(rss(item), url=FEED_URL).entries[0]


def known(entry: Entry, *, fingerprint: str | None = None) -> KnownEntry:
    """Return what the warehouse remembers of `entry`."""
    return KnownEntry(entry_id=entry.entry_id, fingerprint=fingerprint or entry.fingerprint)


def test_a_new_entry_is_fetched():
    """Never seen: its page is asked for."""
    decision = decide_entry(entry_of(), None)
    assert decision == Fetch(why="new")


def test_an_entry_that_says_nothing_new_is_never_fetched():
    """Polling a feed does not refetch its pages, whether they became articles or not."""
    entry = entry_of()
    assert decide_entry(entry, known(entry)) == Skip(outcome=Outcome.UNCHANGED)


def test_a_changed_entry_is_fetched():
    """Another fingerprint: the publisher said something new."""
    entry = entry_of()
    decision = decide_entry(entry, known(entry, fingerprint="other"))
    assert isinstance(decision, Fetch)
    assert decision.why == "changed"


@pytest.mark.parametrize(
    ("link", "reason"),
    [("", Reason.NO_URL), ("<link>http://[bad/</link>", Reason.BAD_URL)],
)
def test_an_entry_without_a_usable_address_is_rejected_once(link: str, reason: Reason):
    """The reason is named; the next poll has nothing to add."""
    entry = entry_of(link)
    decision = decide_entry(entry, None)
    assert isinstance(decision, Reject)
    assert decision.rejected.reason is reason
    assert decision.rejected.detail
    assert isinstance(decide_entry(entry, known(entry)), Skip)


def test_retries_wait_twice_as_long_each_time_and_end():
    """15 minutes, doubled, a day at most; the eighth failure is the last."""
    waits = [next_retry(attempts, NOW) for attempts in range(1, 9)]
    minutes = [(at - NOW) / timedelta(minutes=1) if at else None for at in waits]
    assert minutes == [15, 30, 60, 120, 240, 480, 960, None]


def test_retry_after_is_obeyed_up_to_a_day():
    """What the server asks counts where it is longer."""
    assert next_retry(1, NOW, 7200) == NOW + timedelta(hours=2)
    assert next_retry(1, NOW, 1) == NOW + timedelta(minutes=15)
    assert next_retry(1, NOW, 10**9) == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (timedelta(hours=2, minutes=59), timedelta(minutes=15)),
        (timedelta(hours=3), timedelta(hours=1)),
        (timedelta(hours=23), timedelta(hours=1)),
        (timedelta(days=1), timedelta(hours=3)),
        (timedelta(days=6, hours=23), timedelta(hours=3)),
        (timedelta(days=7), None),
    ],
)
def test_young_articles_are_revisited_more_often(age: timedelta, wait: timedelta | None):
    """By age since publication, or since we saw it where publication is not known."""
    due = None if wait is None else NOW + wait
    assert next_revisit(NOW, NOW - age, NOW) == due
    assert next_revisit(NOW - age, None, NOW) == due


def test_a_publication_in_the_future_is_not_believed():
    """Else a wrong year would keep an article young for ever."""
    assert next_revisit(NOW - timedelta(days=8), NOW + timedelta(days=300), NOW) is None


@given(st.integers(0, 20), st.floats(0, 1e12), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_what_is_planned_lies_ahead_within_a_day(attempts: int, asked_s: float, age: timedelta):
    """Retries and revisits are never in the past and never far."""
    for at in (next_retry(attempts, NOW, asked_s), next_revisit(NOW - age, None, NOW)):
        assert at is None or NOW < at <= NOW + timedelta(days=1)
