"""Entries of one document: what is a repeat, what is shared, and what counts as said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feeds.reading.entries import find_restamped
from etl.feeds.reading.parse import parse_feed
from etl.records import Entry

from .documents import FEED_URL, rss

MORNING = datetime(2026, 3, 1, 6, 0, 30, tzinfo=UTC)


def item(
    guid: str = "", link: str = "", title: str = "t", minute: float | None = None, updated: str = ""
) -> str:
    """Return an RSS item of these parts."""
    parts = [f"<title>{title}</title>"] if title else []
    if guid:
        parts.append(f"<guid isPermaLink='false'>{guid}</guid>")
    if link:
        parts.append(f"<link>{link}</link>")
    if minute is not None:
        moment = format_datetime(MORNING + timedelta(minutes=minute), usegmt=True)
        parts.append(f"<pubDate>{moment}</pubDate>")
    if updated:
        parts.append(f"<atom:updated>{updated}</atom:updated>")
    return f"<item>{''.join(parts)}</item>"


def read(*items: str) -> tuple[Entry, ...]:
    """Return the entries of a feed of these items."""
    return parse_feed(rss("".join(items)), url=FEED_URL).entries


A = "https://n.test/a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (item("1", A), item("1", A)),
        (item("1", A, "first"), item("1", A, "second")),
        (item("1", A), item("2", A)),
        (item("", A), item("", A)),
        (item("1", A), item("", A)),
        (item("", A), item("", "http://www.n.test/a/?utm_source=rss")),
        (item("1"), item("1")),
        (item(title="x", minute=0), item(title="x", minute=0)),
    ],
)
def test_a_repeat_is_no_entry(one: str, other: str):
    """Same guid and address, or same address and title, in any spelling: said twice."""
    assert len(read(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        (item("1", A), item("1", "https://n.test/b"), (True, False)),
        (item("1", title="x"), item("1", title="y"), (True, False)),
        (item("1", A, "x"), item("2", A, "y"), (False, True)),
        (item("1", A, ""), item("2", A, ""), (False, True)),
        (item("", A, "x"), item("", A, "y"), (False, True)),
        (item("1", A + "#c1", minute=0), item("2", A + "#c2", minute=5), (False, True)),
        (item("1", A, minute=0), item("2", A, minute=5), (False, True)),
        (item("1", A + "#c1"), item("1", A + "#c2"), (True, True)),
        (item(title="x"), item(title="y"), (False, False)),
        (item("1", A), item("2", "https://n.test/b"), (False, False)),
    ],
)
def test_different_items_are_entries_that_share(one: str, other: str, shares: tuple[bool, bool]):
    """Two entries with ids of their own, marked with what identifies neither."""
    found = read(one, other)
    assert len({entry.entry_id for entry in found}) == 2
    assert [(entry.is_guid_shared, entry.is_url_shared) for entry in found] == [shares, shares]


def fingerprints(*items: str) -> list[str]:
    """Return the fingerprints of a feed of these items."""
    return [entry.fingerprint for entry in read(*items)]


def test_a_feed_that_dates_everything_now_says_nothing_new():
    """Publication or update, to the second or within the minute it took to write the feed."""
    links = [f"https://n.test/{n}" for n in range(5)]
    for spread in (0, 0.2):
        polls = [
            fingerprints(
                *(item(link=link, minute=now + spread * n) for n, link in enumerate(links))
            )
            for now in (0, 15)
        ]
        assert polls[0] == polls[1]
    polls = [
        fingerprints(*(item(link=link, updated=f"2026-03-0{day}T06:00:30Z") for link in links))
        for day in (1, 2)
    ]
    assert polls[0] == polls[1]


def test_a_date_of_ones_own_counts_beside_the_feeds():
    """Three are dated by the build, the fourth by its author: its new date is news."""
    built = [item(link=f"https://n.test/{n}", minute=500) for n in range(3)]
    one, other = (
        fingerprints(*built, item(link=A, minute=minute, updated=f"2026-03-01T0{minute}:00:00Z"))
        for minute in (1, 2)
    )
    assert one[:3] == other[:3]
    assert one[3] != other[3]


@pytest.mark.parametrize(
    "link",
    [
        "http://n.test/a?id=1",
        "https://www.n.test/a/?id=1&amp;utm_source=rss",
        "https://moved.test/a?id=1",
        "https://n.test/a?id=1#xtor=RSS-1",
    ],
)
def test_an_address_that_only_looks_new_is_no_news(link: str):
    """Scheme, tracking or host alone: nothing was said of the article."""
    assert fingerprints(item(link=link)) == fingerprints(item(link="https://n.test/a?id=1"))


def test_days_without_a_time_are_believed():
    """A sitemap dates many items of a day alike."""
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert find_restamped([day] * 9) == frozenset()


MOMENTS = st.lists(
    st.none() | st.integers(0, 7_200).map(lambda s: MORNING + timedelta(seconds=s)), max_size=12
)


@given(MOMENTS, st.randoms(use_true_random=False))
def test_dates_are_disbelieved_only_where_most_are_together(
    moments: list[datetime | None], random: Random
):
    """More than half of those given, three at least; their order does not matter."""
    found = find_restamped(moments)
    dated = [moment for moment in moments if moment is not None]
    if found:
        assert sum(moment in found for moment in dated) >= max(3, len(dated) // 2 + 1)
    random.shuffle(moments)
    assert find_restamped(moments) == found
