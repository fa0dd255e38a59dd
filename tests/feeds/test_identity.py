"""An entry stays the same entry, whatever its publisher does to guid, address and headline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.feeds.matching.identity import Matched, match_entries
from etl.feeds.reading.parse import parse_feed
from etl.records import Entry, KnownEntry, Merge, make_id
from etl.urls import identity
from tests.patience import ends

from .documents import FEED_URL, rss
from .histories import (
    DATED_HISTORIES,
    FLOOD,
    HISTORIES,
    WORDS,
    Item,
    Poll,
    numbered,
    poll,
    with_,
)

MORNING = datetime(2026, 3, 1, 6, 0, 30, tzinfo=UTC)


class Memory:
    """What a store remembers: entries as their feed last stated them."""

    def __init__(self, *, by_date: bool = False) -> None:
        """Begin knowing nothing."""
        self.known: dict[str, KnownEntry] = {}
        self.by_date = by_date

    def find(self, entries: Iterable[Entry]) -> list[KnownEntry]:
        """Return the entries any of `entries` might be: by id, guid, address, title (or date)."""
        entries = list(entries)
        ids = {entry.entry_id for entry in entries}
        guids = {entry.guid for entry in entries} - {None}
        url_ids = {url_id(entry.url) for entry in entries} - {None}
        titles = {entry.title for entry in entries} - {None}
        dates = {entry.published_at for entry in entries if self.by_date} - {None}
        return [
            one
            for one in self.known.values()
            if one.entry_id in ids
            or one.guid in guids
            or url_id(one.url) in url_ids
            or one.title in titles
            or one.published_at in dates
        ]

    def keep(self, matched: Iterable[Matched]) -> None:
        """Remember what a poll stated; what says nothing new leaves an entry as it was."""
        for one in matched:
            entry = one.entry
            if one.known and one.merge is None and one.known.fingerprint == entry.fingerprint:
                continue
            self.known[entry.entry_id] = KnownEntry(
                entry_id=entry.entry_id,
                feed_url=entry.feed_url,
                guid=entry.guid,
                url=entry.url,
                title=entry.title,
                published_raw=entry.published_raw,
                published_at=entry.published_at,
                fingerprint=entry.fingerprint,
            )


def url_id(url: str | None) -> str | None:
    """Return what a store looks addresses up by."""
    return make_id(identity(url)) if url else None


def write(item: Item) -> str:
    """Return `item` in RSS; its description names the article, which the matcher never reads."""
    parts = [f"<description>{escape(item.article)}</description>"]
    if item.guid is not None:
        parts.append(f"<guid isPermaLink='false'>{escape(item.guid)}</guid>")
    if item.link is not None:
        parts.append(f"<link>{escape(item.link)}</link>")
    if item.title is not None:
        parts.append(f"<title>{escape(item.title)}</title>")
    if item.minute is not None:
        moment = format_datetime(MORNING + timedelta(minutes=item.minute), usegmt=True)
        parts.append(f"<pubDate>{moment}</pubDate>")
    return f"<item>{''.join(parts)}</item>"


def read(found: Poll) -> tuple[Entry, ...]:
    """Return the entries of a document that holds these items."""
    return parse_feed(rss("".join(map(write, found))), url=FEED_URL).entries


def follow(history: Sequence[Poll], *, by_date: bool = False) -> list[tuple[Matched, ...]]:
    """Return what each poll of `history` was matched to, each document asked for twice."""
    memory = Memory(by_date=by_date)
    told = []
    for found in history:
        entries = read(found)
        matched = match_entries(entries, memory.find(entries))
        memory.keep(matched)
        again = match_entries(entries, memory.find(entries))
        assert [one.entry.entry_id for one in again] == [one.entry.entry_id for one in matched]
        assert all(one.known and one.merge is None for one in again)
        told.append(matched)
    return told


def score(
    history: Sequence[Poll], *, by_date: bool = False
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the articles with more than one entry, and the pairs of them that share one."""
    ids: dict[str, set[str]] = {}
    for matched in follow(history, by_date=by_date):
        for one in matched:
            ids.setdefault(one.entry.summary or "", set()).add(one.entry.entry_id)
    false_new = [article for article, found in ids.items() if len(found) > 1]
    false_merges = [(a, b) for a, b in combinations(ids, 2) if ids[a] & ids[b]]
    return false_new, false_merges


@pytest.mark.parametrize("by_date", [False, True])
@pytest.mark.parametrize("name", HISTORIES)
def test_each_article_is_one_entry_and_each_entry_one_article(name: str, by_date: bool):
    """0 false new, 0 false merges; and asking for the same document again changes nothing."""
    assert score(HISTORIES[name], by_date=by_date) == ([], [])


@pytest.mark.parametrize("name", DATED_HISTORIES)
def test_entries_of_the_same_date_are_recognised_where_the_store_offers_them(name: str):
    """When guid, address and title have all changed, the path or its number and the date say so."""
    assert score(DATED_HISTORIES[name], by_date=True) == ([], [])


def last_merge(history: Sequence[Poll], article: str) -> Merge | None:
    """Return how `article` was recognised in the last poll."""
    (found,) = [one for one in follow(history)[-1] if one.entry.summary == article]
    return found.merge


@pytest.mark.parametrize(
    ("changed", "reason", "evidence"),
    [
        ({"guid": "x-9"}, "guid_changed", "same address, same title, same date"),
        ({"guid": None}, "guid_changed", "same address, same title, same date"),
        ({"guid": "x-9", "title": "?"}, "guid_changed", "same address, same date"),
        ({"link": "https://n.test/b"}, "address_changed", "same guid, same title, same date"),
        ({"link": "https://m2.test/flood"}, "host_moved", "same guid, same path on another host"),
        ({"title": "Another headline"}, None, None),
        ({"link": "http://www.n.test/flood/?utm_source=x"}, None, None),
    ],
)
def test_a_merge_says_why(changed: dict[str, str], reason: str | None, evidence: str | None):
    """The reason, what agreed, and what the entry was; none where only words were edited."""
    merge = last_merge([poll(FLOOD), poll(with_(FLOOD, **changed))], "flood")
    assert (merge and merge.reason) == reason
    if merge is not None and evidence is not None:
        assert merge.evidence.startswith(evidence)
        assert (merge.was_guid, merge.was_url, merge.was_title) == FLOOD[1:4]


def test_dates_that_move_at_each_poll_say_nothing_new():
    """Else every page of such a feed would be fetched again at every poll."""
    polls = [numbered(4, minute=now, step=7) for now in (0, 15, 30)]
    told = follow(polls)
    prints = [[one.entry.fingerprint for one in matched] for matched in told]
    assert prints[0] == prints[1] == prints[2]


def test_one_date_that_moves_is_news():
    """A publisher that bumps one item means it."""
    first, *rest = numbered(4)
    told = follow([(first, *rest), (first._replace(minute=900), *rest)])
    changed = [
        before.entry.fingerprint != after.entry.fingerprint
        for before, after in zip(*told, strict=True)
    ]
    assert changed == [True, False, False, False]


def test_entries_of_another_feed_are_never_meant():
    """An id hangs on its feed."""
    (entry,) = read(poll(FLOOD))
    memory = Memory()
    memory.keep(match_entries([entry], []))
    stranger = replace(memory.known[entry.entry_id], feed_url="https://other.test/feed")
    (matched,) = match_entries([entry], [stranger])
    assert matched.known is None


def test_a_crowd_takes_no_time():
    """Thousands of items on one page, none with a guid, twice over: not each against each."""
    polls = [
        numbered_crowd(3_000, title="Ticker"),
        numbered_crowd(3_000, title="Ticker of today"),
    ]
    with ends():
        follow(polls)


def numbered_crowd(count: int, *, title: str) -> Poll:
    """Return `count` items that all lead home."""
    return tuple(Item(f"{n}", None, "https://n.test/", f"{title} {n % 7}", n) for n in range(count))


GUIDS = st.sampled_from([None, "1", "2", "https://n.test/a", "http://n.test/a", "https://m.test/b"])
LINKS = st.sampled_from(
    [
        None,
        "https://n.test/",
        "https://n.test/a",
        "https://m.test/a",
        "http://n.test/a?utm_source=x",
        "https://n.test/a#1",
        "https://n.test/4711001/x",
        "https://n.test/4711001/y",
    ]
)
TITLES = st.sampled_from([None, "Corrections", "Storm nears the coast", "Storm hits the coast"])
MINUTES = st.sampled_from([None, 0, 0, 7, 90])
ITEMS = st.builds(Item, st.just("?"), GUIDS, LINKS, TITLES, MINUTES)
POLLS = st.lists(ITEMS, max_size=7).map(tuple)


@settings(max_examples=300, deadline=None)
@given(st.lists(POLLS, min_size=1, max_size=4))
def test_whatever_a_feed_does_ids_are_unique_and_the_second_look_finds_nothing_new(
    history: list[Poll],
):
    """Each item has an id of its own, each entry is one item's at most; `follow` looks twice."""
    for matched in follow(history):
        ids = [one.entry.entry_id for one in matched]
        assert len(set(ids)) == len(ids)
        assert all(one.known is None or one.known.entry_id in ids for one in matched)


@settings(max_examples=300, deadline=None)
@given(st.lists(POLLS, min_size=1, max_size=3), POLLS, st.randoms(use_true_random=False))
def test_the_order_of_items_and_of_entries_does_not_matter(
    history: list[Poll], last: Poll, random: Random
):
    """Feeds are reordered, and databases promise no order."""
    memory = Memory()
    for found in history:
        entries = read(found)
        memory.keep(match_entries(entries, memory.find(entries)))
    entries = list(read(last))
    known = memory.find(entries)
    told = dict(zip(map(id, entries), match_entries(entries, known), strict=True))
    random.shuffle(entries)
    random.shuffle(known)
    for entry, matched in zip(entries, match_entries(entries, known), strict=True):
        assert matched == told[id(entry)]


CHURN = st.fixed_dictionaries(
    {
        "scheme": st.sampled_from(["http", "https"]),
        "host": st.sampled_from(["n.test", "www.n.test", "moved.test"]),
        "tail": st.sampled_from(["", "/", "?utm_source=rss", "#xtor=RSS-1"]),
        "guid": st.sampled_from(["g-{n}", "churned-{n}", "http://n.test/tale-{n}", "{url}", ""]),
    }
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CHURN, st.integers(0, 3), st.integers(1, 4)), min_size=1, max_size=5))
def test_no_mix_of_churn_makes_a_new_entry_or_merges_two(
    polls: list[tuple[dict[str, str], int, int]],
):
    """Scheme, host, tracking and guids in any mix from poll to poll, items coming and going."""
    history = []
    for churn, first, count in polls:
        items = []
        for n in range(first, first + count):
            url = f"{churn['scheme']}://{churn['host']}/tale-{n}{churn['tail']}"
            guid = churn["guid"].format(n=n, url=url) or None
            items.append(Item(f"tale {n}", guid, url, f"What {WORDS[n]} said", n * 13))
        history.append(tuple(items))
    assert score(history) == ([], [])
