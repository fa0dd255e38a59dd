"""What makes two items of feeds one entry, and what of it is new."""

from __future__ import annotations

from .documents import (
    item,
    parse,
    rss,
)


def ids(*items: str) -> list[str]:
    """Return the entry ids of a feed of these items."""
    return [entry.entry_id for entry in parse(rss("".join(items))).entries]


def test_a_guid_identifies_an_entry_whatever_else_changes():
    """An edited headline or a moved page is the same entry."""
    assert ids(item("1", "https://n.test/a")) == ids(item("1", "https://n.test/b", "other"))


def test_without_a_guid_the_canonical_address_does():
    """Tracking parameters do not make a new entry; another address does."""
    one = ids(item(link="https://n.test/a?utm_source=x"))
    assert one == ids(item(link="https://n.test/a", title="edited"))
    assert one != ids(item(link="https://n.test/b"))


def test_a_guid_shared_by_different_pages_identifies_none_of_them():
    """A publisher that gives all items one guid still has all its entries."""
    shared = ids(item("1", "https://n.test/a"), item("1", "https://n.test/b"))
    assert len(set(shared)) == 2


def test_without_guid_and_link_title_and_date_identify():
    """Entries with neither still differ."""
    assert len(set(ids(item(title="a"), item(title="b"), item(title="a", published="x")))) == 3


def test_an_item_repeated_in_one_document_is_one_entry():
    """The first stays."""
    feed = parse(
        rss(item("1", "https://n.test/a", "first") + item("1", "https://n.test/a", "second"))
    )
    assert [entry.title for entry in feed.entries] == ["first"]


def test_the_fingerprint_follows_what_the_publisher_says():
    """Title, date and address count; tracking parameters do not."""

    def fingerprint(**parts: str) -> str:
        return parse(rss(item("1", **parts))).entries[0].fingerprint

    first = fingerprint(link="https://n.test/a?id=1")
    assert fingerprint(link="https://n.test/a?utm_campaign=x&id=1") == first
    assert fingerprint(link="https://n.test/a?id=2") != first
    assert fingerprint(link="https://n.test/a?id=1", title="u") != first
    assert fingerprint(link="https://n.test/a?id=1", published="today") != first
