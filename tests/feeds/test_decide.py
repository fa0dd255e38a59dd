"""What an entry asks for, and when its page is looked at again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feeds.decide import (
    Fetch,
    Reject,
    RevisitRules,
    Skip,
    decide_entry,
    next_look,
    next_retry,
    next_revisit,
)
from etl.feeds.reading.parse import parse_feed
from etl.outcomes import Outcome, Reason
from etl.records import Entry, KnownEntry

from .documents import FEED_URL, rss

NOW = datetime(2026, 2, 17, 15, 0, tzinfo=UTC)
REVISITS = RevisitRules()


def entry_of(link: str = "<link>https://n.test/a</link>") -> Entry:
    """Return an entry published 48 minutes ago."""
    published = "<pubDate>Tue, 17 Feb 2026 14:12:00 GMT</pubDate>"
    item = f"<item><guid isPermaLink='false'>1</guid>{link}{published}</item>"
    return parse_feed(rss(item), url=FEED_URL).entries[0]


def known(entry: Entry, *, fingerprint: str | None = None) -> KnownEntry:
    """Return what the warehouse remembers of `entry`."""
    return KnownEntry(
        entry_id=entry.entry_id, feed_url=entry.feed_url, guid=entry.guid, url=entry.url,
        title=entry.title, published_raw=entry.published_raw, published_at=entry.published_at,
        fingerprint=fingerprint or entry.fingerprint,
    )  # fmt: skip


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


def test_retries_wait_ever_longer_outlast_a_dead_week_and_end():
    """15 minutes, doubled, then days: a server down for a week costs no article of that week."""
    waits = [next_retry(attempts, NOW) for attempts in range(1, 12)]
    hours = [(at - NOW) / timedelta(hours=1) if at else None for at in waits]
    assert hours == [0.25, 0.5, 1, 2, 4, 8, 16, 24, 72, 168, None]


def test_what_was_refused_or_missing_is_looked_at_a_few_times_more():
    """Soon, as caches answer 404 for pages just published, then days apart, then no more."""
    waits = [next_look(attempts, NOW) for attempts in range(1, 6)]
    hours = [(at - NOW) / timedelta(hours=1) if at else None for at in waits]
    assert hours == [1, 6, 24, 168, None]


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
        (timedelta(hours=3), timedelta(hours=3)),
        (timedelta(hours=23), timedelta(hours=3)),
        (timedelta(days=1), timedelta(days=1)),
        (timedelta(days=6, hours=23), timedelta(days=1)),
        (timedelta(days=7), None),
    ],
)
def test_young_articles_are_revisited_more_often(age: timedelta, wait: timedelta | None):
    """By age since publication, or since we saw it where publication is not known."""
    due = None if wait is None else NOW + wait
    assert next_revisit(NOW, NOW - age, NOW, revisits=REVISITS) == due
    assert next_revisit(NOW - age, None, NOW, revisits=REVISITS) == due


def test_the_plan_of_revisits_can_be_set():
    """Its steps are looked through from the youngest; an empty one revisits nothing."""
    hourly = RevisitRules(plan_s=((7200, 3600),))
    assert next_revisit(NOW, None, NOW, revisits=hourly) == NOW + timedelta(hours=1)
    assert next_revisit(NOW - timedelta(hours=2), None, NOW, revisits=hourly) is None
    assert next_revisit(NOW, None, NOW, revisits=RevisitRules(plan_s=())) is None


def test_a_publication_in_the_future_is_not_believed():
    """Else a wrong year would keep an article young for ever."""
    far = NOW + timedelta(days=300)
    assert next_revisit(NOW - timedelta(days=8), far, NOW, revisits=REVISITS) is None


@given(st.integers(1, 20), st.floats(0, 1e12), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_what_is_planned_lies_ahead_within_a_week(attempts: int, asked_s: float, age: timedelta):
    """Retries, second looks and revisits are never in the past and never far."""
    revisit = next_revisit(NOW - age, None, NOW, revisits=REVISITS)
    for at in (next_retry(attempts, NOW, asked_s), next_look(attempts, NOW), revisit):
        assert at is None or NOW < at <= NOW + timedelta(days=7)
