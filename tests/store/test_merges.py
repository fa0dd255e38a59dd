"""Entries recognised under another guid or address: one article, and a person can undo it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from etl.errors import WarehouseError
from etl.records import Entry
from tests.store.desk import FEED, Desk, Paper, entry, story
from tests.store.test_load import assert_sound, outcomes

OLD, NEW = "https://harbour.test/2026/a-ferry", "https://new-harbour.test/2026/a-ferry"
GUID = "https://harbour.test/?p=190233"


def item(url: str = OLD, *, guid: str = GUID, title: str = "A ferry") -> Entry:
    """Return the item, under an address, guid or title of its own."""
    made = entry("item", url=url, title=title)
    return replace(made, guid=guid, entry_id=entry(guid).entry_id)


def move(desk: Desk, text: str = "ferry") -> None:
    """Ingest the item, then again from its new host."""
    desk.ingest(item(), pages={OLD: Paper(story("ferry"))})
    desk.ingest(item(NEW), pages={NEW: Paper(story(text))})


def the_merge(desk: Desk) -> str:
    """Return the id of the only merge."""
    ((merge_id,),) = desk.rows("SELECT merge_id FROM entry_merges")
    return str(merge_id)


def test_a_moved_host_makes_no_second_article_and_no_version(desk: Desk) -> None:
    """The same text under another address is the same version of the same article."""
    move(desk)
    assert desk.rows("SELECT url, version FROM articles") == [(OLD, 1)]
    assert desk.rows("SELECT was_url, now_url, split_at FROM entry_merges") == [(OLD, NEW, None)]
    assert outcomes(desk) == {GUID: "unchanged"}
    assert desk.rows("SELECT url, article_id IS NOT NULL FROM entries") == [(NEW, True)]
    assert_sound(desk)


def test_a_moved_page_that_changed_is_a_new_version(desk: Desk) -> None:
    """Only the text decides."""
    desk.ingest(item(), pages={OLD: Paper(story("ferry"))})
    text = story("ferry").replace("ferry7 ", "tunnel ")
    desk.ingest(item(NEW), pages={NEW: Paper(text)})
    assert desk.rows("SELECT version, text FROM articles") == [(2, text)]
    assert outcomes(desk) == {GUID: "changed"}
    assert_sound(desk)


def test_a_moved_page_stays_one_article_when_looked_at_again(desk: Desk) -> None:
    """Revisits, and other feeds that bring the new address, come to the same article."""
    move(desk)
    desk.ingest(pages={NEW: Paper(story("ferry") + " More of it.")})
    other = "https://other.test/feed"
    desk.begin(FEED, other, hours=0)
    desk.load_feeds(entry("z", feed=other, url=NEW), feed=other)
    assert outcomes(desk) == {"z": "known"}
    assert desk.rows("SELECT count(*), max(version) FROM articles") == [(1, 2)]
    assert_sound(desk)


def test_the_pages_own_address_after_redirects_comes_along(desk: Desk) -> None:
    """A third address whose page is the moved one is no second article either."""
    desk.ingest(item(), pages={OLD: Paper(story("ferry"))})
    led = "https://new-harbour.test/ferries/190233"
    desk.ingest(item(NEW), pages={NEW: Paper(story("ferry"), final_url=led)})
    third = "https://go.test/x"
    pages = {third: Paper(story("ferry"), final_url=led)}
    desk.ingest(entry("z", url=third, title="Else"), pages=pages, hours=0)
    assert desk.rows("SELECT count(*) FROM articles") == [(1,)]
    assert outcomes(desk)["z"] == "known"
    assert_sound(desk)


def test_an_address_of_another_article_stays_with_it(desk: Desk) -> None:
    """Where the new address has an article already, the entry comes to that."""
    desk.ingest(
        item(), entry("n", url=NEW, title="Else"),
        pages={OLD: Paper(story("ferry")), NEW: Paper(story("tram"))},
    )  # fmt: skip
    desk.ingest(replace(item(NEW), title="A ferry"), pages={NEW: Paper(story("tram"))})
    rows = desk.rows(
        "SELECT e.guid, a.url FROM entries AS e JOIN articles AS a USING (article_id) ORDER BY ALL"
    )
    assert rows == [(GUID, NEW), ("n", NEW)]
    assert desk.rows("SELECT reason FROM entry_merges") == [("host_moved",)]
    assert desk.rows("SELECT count(*) FROM articles") == [(2,)]
    assert_sound(desk)


def test_another_guid_alone_keeps_the_entrys_place_in_the_queue(desk: Desk) -> None:
    """It is remembered under the new guid, and not fetched for it."""
    desk.ingest(item(), pages={OLD: Paper(story("ferry"))})
    (before,) = desk.rows("SELECT due_at, outcome FROM core.entries")
    desk.begin(hours=0)
    desk.load_feeds(item(guid="https://harbour.test/?p=777001"))
    assert desk.take_up() == ()
    assert desk.rows("SELECT due_at, outcome FROM core.entries") == [before]
    assert desk.rows("SELECT guid FROM entries") == [("https://harbour.test/?p=777001",)]
    assert desk.rows("SELECT reason FROM entry_merges") == [("guid_changed",)]
    desk.finish()
    desk.begin(hours=0)
    desk.load_feeds(item(guid="https://harbour.test/?p=777001"))
    assert desk.rows("SELECT count(*) FROM entry_merges") == [(1,)]
    assert_sound(desk)


def test_a_merge_undone_makes_two_entries_of_one(desk: Desk) -> None:
    """The old one says again what it said; the other is due, and becomes an article of its own."""
    move(desk, text="tram")
    fresh = desk.split_entry(the_merge(desk))
    rows = desk.rows("SELECT entry_id = ?, url, due_at FROM core.entries ORDER BY url".replace(
        "?", f"'{fresh}'"))  # fmt: skip
    assert rows == [(False, OLD, desk.now), (True, NEW, desk.now)]
    assert desk.rows("SELECT split_at FROM entry_merges") == [(desk.now,)]
    assert_sound(desk)
    summary = desk.ingest(pages={OLD: Paper(story("ferry")), NEW: Paper(story("tram"))})
    assert summary.articles_new == 1
    articles = desk.rows("SELECT url, text FROM articles ORDER BY url")
    assert articles == [(OLD, story("ferry")), (NEW, story("tram"))]
    assert_sound(desk)


def test_what_was_split_is_kept_apart(desk: Desk) -> None:
    """Each item of the next poll is what it was last."""
    desk.ingest(item(), pages={OLD: Paper(story("ferry"))})
    other = item(NEW, guid="https://harbour.test/?p=777001")
    desk.ingest(other, pages={NEW: Paper(story("tram"))})
    desk.split_entry(the_merge(desk))
    desk.ingest(
        item(), other, pages={OLD: Paper(story("ferry")), NEW: Paper(story("tram"))}
    )  # fmt: skip
    assert desk.rows("SELECT count(*) FROM core.entries") == [(2,)]
    assert desk.rows("SELECT count(*) FROM entry_merges") == [(1,)]
    assert desk.rows("SELECT count(*) FROM articles") == [(2,)]
    assert_sound(desk)


def test_splitting_takes_what_was_merged_later_along(desk: Desk) -> None:
    """What was recognised as the wrong item since was that item's."""
    move(desk)
    newest = "https://newest-harbour.test/2026/a-ferry"
    desk.ingest(item(newest), pages={newest: Paper(story("ferry"))})
    ((first,), _) = desk.rows("SELECT merge_id FROM entry_merges ORDER BY merged_at")
    fresh = desk.split_entry(str(first))
    rows = desk.rows("SELECT entry_id, url FROM core.entries ORDER BY url")
    assert rows == [(item().entry_id, OLD), (fresh, newest)]
    rows = desk.rows("SELECT entry_id FROM entry_merges ORDER BY merged_at")
    assert rows == [(item().entry_id,), (fresh,)]
    assert_sound(desk)


def test_a_merge_that_is_not_there_or_undone_is_refused_in_words(desk: Desk) -> None:
    """And nothing is changed."""
    move(desk)
    with pytest.raises(WarehouseError, match="there is no merge nowhere"):
        desk.split_entry("nowhere")
    desk.split_entry(the_merge(desk))
    with pytest.raises(WarehouseError, match="was undone already"):
        desk.split_entry(the_merge(desk))
    assert desk.rows("SELECT count(*) FROM core.entries") == [(2,)]


def test_known_entries_are_found_by_id_guid_address_title_and_date(desk: Desk) -> None:
    """Of the same feed only, and each once."""
    named = {
        "id": entry("id", url="https://x.test/1", title="t1"),
        "guid": item("https://x.test/2", guid="g-2", title="t2"),
        "url": item("https://x.test/3", guid="g-3", title="t3"),
        "title": item("https://x.test/4", guid="g-4", title="t4"),
        "date": item("https://x.test/5", guid="g-5", title="t5"),
        "none": item("https://x.test/6", guid="g-6", title="t6"),
    }
    for day, name in enumerate(named, start=1):
        named[name] = replace(named[name], published_at=datetime(2026, 3, day, tzinfo=UTC))
    stranger = replace(named["url"], feed_url="https://other.test/feed", entry_id="other")
    desk.begin(FEED, stranger.feed_url)
    desk.load_feeds(*named.values())
    desk.load_feeds(stranger, feed=stranger.feed_url)
    undated = {name: replace(one, published_at=None) for name, one in named.items()}
    wanted = (
        replace(undated["id"], guid="n-1", url="https://y.test/1", title="n1"),
        replace(undated["guid"], entry_id="e2", url="https://y.test/2", title="n2"),
        replace(undated["url"], entry_id="e3", guid="n-3", title="n3", url="http://www.x.test/3"),
        replace(undated["title"], entry_id="e4", guid=None, url=None),
        replace(named["date"], entry_id="e5", guid=None, url=None, title=None),
    )
    found = desk.store.find_known_entries(wanted)
    assert {one.entry_id for one in found} == {
        named[name].entry_id for name in ("id", "guid", "url", "title", "date")
    }
    assert len(found) == 5
    (known,) = (one for one in found if one.entry_id == named["url"].entry_id)
    given = named["url"]
    assert (known.guid, known.url, known.title, known.published_at, known.fingerprint) == (
        given.guid, given.url, given.title, given.published_at, given.fingerprint,
    )  # fmt: skip
    assert desk.store.find_known_entries(()) == ()


def test_of_many_entries_with_one_title_the_newest_are_enough(desk: Desk) -> None:
    """A column with the same headline every day does not come back whole."""
    for day in range(3):
        desk.begin(hours=24)
        desk.load_feeds(*(
            item(f"https://x.test/{day}/{number}", guid=f"{day}-{number}", title="News in brief")
            for number in range(10)
        ))  # fmt: skip
        desk.finish()
    found = desk.store.find_known_entries(
        [item("https://y.test/", guid="q", title="News in brief")]
    )
    assert len(found) == 20
    assert {one.guid[0] for one in found if one.guid} == {"1", "2"}


def test_servers_that_answer_in_turn_with_other_guids_are_told_of_once(desk: Desk) -> None:
    """Each direction once, not at every poll for years."""
    guids = ["https://harbour.test/?p=1", "https://harbour.test/?p=2"]
    for poll in range(8):
        desk.ingest(item(guid=guids[poll % 2]), pages={OLD: Paper(story("ferry"))})
    merges, states = "SELECT count(*) FROM entry_merges", "SELECT count(*) FROM raw.entries"
    assert desk.rows(f"SELECT ({merges}), ({states}), count(*) FROM entries") == [(2, 3, 1)]
    assert_sound(desk)
