"""Feeds over time, scripted: what each poll finds, and which items are one article.

An item is (article, guid, path or link, title, minute); the article's name is the truth the
matcher never sees. Minutes count from a morning; None: the item has no date.
"""

from __future__ import annotations

from typing import NamedTuple

DAY = 24 * 60
WEEK = 7 * DAY
UUID_1 = "0b9f2c1e-8a43-4f0d-9c55-1d2e3f4a5b6c"
UUID_2 = "7c1d2e3f-1111-4222-8333-9a8b7c6d5e4f"


class Item(NamedTuple):
    """An item of a document; `article` is what it truly is."""

    article: str
    guid: str | None
    link: str | None
    title: str | None
    minute: int | None


Poll = tuple[Item, ...]


def poll(*items: tuple[str, str | None, str | None, str | None, int | None]) -> Poll:
    """Return what one poll finds."""
    return tuple(Item(*item) for item in items)


FLOOD = ("flood", "n-1", "https://n.test/flood", "River floods the old town", 0)
VOTE = ("vote", "n-2", "https://n.test/vote", "Parliament votes on the budget", 30)
MATCH = ("match", "n-3", "https://n.test/match", "Home side wins the derby", 60)


def with_(item: tuple[str, str | None, str | None, str | None, int | None], **parts: object):
    """Return `item` with other parts."""
    return tuple(Item(*item)._replace(**parts))


def numbered(count: int, *, minute: int | None = 0, step: int = 7, **parts: str) -> Poll:
    """Return `count` ordinary items; `parts` are patterns with {n} in them."""
    made = []
    for n in range(count):
        at = None if minute is None else minute + n * step
        made.append(
            Item(
                f"story {n}",
                parts.get("guid", "g-{n}").format(n=n) or None,
                parts.get("link", "https://n.test/story-{n}").format(n=n) or None,
                parts.get("title", "Headline of {w} number {n}").format(n=n, w=WORDS[n]),
                at,
            )
        )
    return tuple(made)


WORDS = ("harbour", "budget", "derby", "strike", "election", "orchestra", "glacier", "bakery")

HISTORIES: dict[str, tuple[Poll, ...]] = {
    "nothing changes": (poll(FLOOD, VOTE, MATCH),) * 3,
    "the order changes and items come and go": (
        poll(FLOOD, VOTE),
        poll(MATCH, VOTE, FLOOD),
        poll(MATCH),
        poll(VOTE, FLOOD),
    ),
    "a headline is edited twice": (
        poll(FLOOD, VOTE),
        poll(with_(FLOOD, title="Old town under water"), VOTE),
        poll(with_(FLOOD, title="Two hurt as streets turn into rivers"), VOTE),
    ),
    "headline and slug are edited": (
        poll(FLOOD, VOTE),
        poll(with_(FLOOD, title="Two hurt", link="https://n.test/two-hurt"), VOTE),
    ),
    "headline, slug and date are edited": (
        poll(FLOOD, VOTE),
        poll(
            with_(
                FLOOD,
                title="River floods the old town, two hurt",
                link="https://n.test/flood-two-hurt",
                minute=95,
            ),
            VOTE,
        ),
    ),
    "a uuid stays while all else is edited": (
        poll(with_(FLOOD, guid=UUID_1), with_(VOTE, guid=UUID_2)),
        poll(
            with_(FLOOD, guid=UUID_1, title="Two hurt", link="https://n.test/hurt", minute=90),
            with_(VOTE, guid=UUID_2),
        ),
    ),
    "every guid churns": (
        numbered(6),
        numbered(6, guid="other-{n}"),
        numbered(6, guid="again-{n}"),
    ),
    "guids churn and headlines are edited": (
        numbered(6),
        numbered(6, guid="other-{n}", title="Quite another line about {w}"),
    ),
    "guids churn and dates are bumped": (
        numbered(6),
        numbered(6, guid="other-{n}", minute=600, step=11),
    ),
    "the feed loses its guids and finds them again": (
        numbered(5),
        numbered(5, guid=""),
        numbered(5, guid="new-{n}"),
    ),
    "two servers answer with guids of their own in turn": (
        numbered(5, guid="a-{n}"),
        numbered(5, guid="b-{n}"),
        numbered(5, guid="a-{n}"),
        numbered(5, guid="b-{n}", title="Edited line on {w}"),
        numbered(5, guid="a-{n}", title="Edited line on {w}"),
    ),
    "the site goes to https, guids with it": (
        numbered(5, guid="http://n.test/story-{n}", link="http://n.test/story-{n}"),
        numbered(5, guid="https://n.test/story-{n}", link="https://n.test/story-{n}"),
    ),
    "https and an edited headline and date at once": (
        numbered(5, guid="http://n.test/story-{n}", link="http://n.test/story-{n}"),
        numbered(
            5,
            guid="https://n.test/story-{n}",
            link="https://n.test/story-{n}",
            title="{w}: what we know",
            minute=900,
            step=13,
        ),
    ),
    "www, trailing slashes and tracking come and go": (
        numbered(4, guid="", link="https://n.test/story-{n}"),
        numbered(4, guid="", link="https://www.n.test/story-{n}/?utm_source=rss&utm_medium=feed"),
        numbered(4, guid="", link="https://n.test/story-{n}#xtor=RSS-1"),
        numbered(4, guid="", link="http://m.n.test/story-{n}?at_medium=RSS&at_campaign=KARANGA"),
    ),
    "tracking stands in the guid too": (
        numbered(4, guid="https://n.test/story-{n}?utm_campaign=1"),
        numbered(4, guid="https://n.test/story-{n}?utm_campaign=2", minute=500, title="New {w}"),
    ),
    "a guid that is the address counts revisions": (
        numbered(4, guid="https://n.test/story-{n}#0"),
        numbered(4, guid="https://n.test/story-{n}#1", minute=400, title="Updated: the {w}"),
        numbered(4, guid="https://n.test/story-{n}#2", minute=800, title="Again, {w} in brief"),
    ),
    "the site moves, guids being addresses": (
        numbered(5, guid="https://old.test/{n}/tale", link="https://old.test/{n}/tale"),
        numbered(5, guid="https://new.test/{n}/tale", link="https://new.test/{n}/tale"),
    ),
    "the site moves and loses its dates": (
        numbered(5, guid="", link="https://old.test/story-{n}"),
        numbered(5, guid="", link="https://new.test/story-{n}", minute=None),
    ),
    "the site moves while a headline is edited": (
        numbered(5, guid="{n}", link="https://old.test/story-{n}"),
        numbered(5, guid="{n}", link="https://new.test/story-{n}", title="Later on: {w}"),
    ),
    "the site moves to another with the same sections": (
        poll(
            ("old home", None, "https://old.test/", "Welcome", 0),
            ("old news", None, "https://old.test/news/", "News", 5),
        ),
        poll(
            ("new home", None, "https://new.test/", "Welcome", 700),
            ("new news", None, "https://new.test/news/", "News", 705),
        ),
    ),
    "a guid is a place on the front page": (
        poll(
            ("storm", "top-story-1", "https://n.test/storm", "Storm nears the coast", 0),
            ("poll", "top-story-2", "https://n.test/poll", "Voters turn away", 10),
        ),
        poll(
            ("bank", "top-story-1", "https://n.test/bank", "Bank raises its rate", 600),
            ("storm", "top-story-2", "https://n.test/storm", "Storm nears the coast", 0),
        ),
        poll(
            ("train", "top-story-1", "https://n.test/train", "Trains stand still", 1200),
            ("bank", "top-story-2", "https://n.test/bank", "Bank raises its rate again", 600),
        ),
        poll(
            ("train", "top-story-1", "https://n.test/train", "Trains stand still", 1200),
            ("storm", "top-story-2", "https://n.test/storm", "Storm nears the coast", 0),
        ),
    ),
    "places swap their articles, undated": (
        poll(
            ("storm", "slot-1", "https://n.test/storm", "Storm nears the coast", None),
            ("poll", "slot-2", "https://n.test/poll", "Voters turn away", None),
        ),
        poll(
            ("poll", "slot-1", "https://n.test/poll", "Voters turn away", None),
            ("storm", "slot-2", "https://n.test/storm", "Storm nears the coast", None),
        ),
    ),
    "a column has its name for a guid": tuple(
        poll((f"day {n}", "briefing", f"https://n.test/briefing/2026-03-0{n}", "Morning briefing",
              n * DAY), VOTE)
        for n in range(1, 6)
    ),
    "titles repeat from week to week": tuple(
        poll(
            (f"corrections {n}", f"c{n}", f"https://n.test/2026/{n}/corrections", "Corrections",
             n * WEEK),
            (f"quiz {n}", None, f"https://n.test/quiz-{n}", "The weekly quiz", n * WEEK + 9),
        )
        for n in range(1, 5)
    ),
    "titles repeat and stay side by side": tuple(
        tuple(
            Item(f"briefing {n}", f"b{n}", f"https://n.test/b/{n}", "Morning briefing", n * DAY)
            for n in range(first, first + 3)
        )
        for first in range(1, 5)
    ),
    "two agencies' texts of one title and minute": (
        poll(("ap", "ap-1", "https://n.test/ap/quake", "Earthquake shakes the capital", 0)),
        poll(("dpa", "dpa-1", "https://n.test/dpa/quake", "Earthquake shakes the capital", 0)),
    ),
    "two texts of one title and minute, without guids": (
        poll(("one", None, "https://n.test/ap/quake", "Earthquake shakes the capital", 0)),
        poll(("two", None, "https://n.test/dpa/quake", "Earthquake shakes the capital", 0)),
    ),
    "the slug changes, its number stays, no guid": (
        poll(("flood", None, "https://n.test/news/4711001-floods", "River floods town", 0), VOTE),
        poll(("flood", None, "https://n.test/news/4711001-hurt", "River floods town", 0), VOTE),
        poll(("flood", None, "https://n.test/topic/two-4711001", "River floods town", 0), VOTE),
    ),
    "a series has one number for all its parts": (
        poll(
            ("part 1", None, "https://n.test/series/4711001/one", "The canal, part one", 0),
            ("part 2", None, "https://n.test/series/4711001/two", "The canal, part two", 1),
        ),
        poll(("part 3", None, "https://n.test/series/4711001/three", "The canal, part three", 90)),
    ),
    "a live blog on one page": (
        poll(
            ("p1", "l1", "https://n.test/live/storm", "First trees fall", 0),
            ("p2", "l2", "https://n.test/live/storm", "Bridge is closed", 7),
        ),
        poll(
            ("p2", "l2", "https://n.test/live/storm", "Bridge is closed to all traffic", 7),
            ("p3", "l3", "https://n.test/live/storm", "Power is out", 15),
        ),
        poll(("p4", "l4", "https://n.test/live/storm", "The worst is over", 55)),
    ),
    "a live blog with anchors and without guids": (
        poll(
            ("p1", None, "https://n.test/live/storm#p1", "First trees fall", 0),
            ("p2", None, "https://n.test/live/storm#p2", "Bridge is closed", 7),
        ),
        poll(
            ("p2", None, "https://n.test/live/storm#p2", "Bridge is closed to all traffic", 9),
            ("p3", None, "https://n.test/live/storm#p3", "Power is out", 15),
        ),
    ),
    "a live blog of which one post at a time is listed": (
        poll(("p1", "l1", "https://n.test/live/storm", "First trees fall", 0)),
        poll(("p2", "l2", "https://n.test/live/storm", "Bridge is closed", 7)),
        poll(("p3", "l3", "https://n.test/live/storm", "Power is out", 15)),
    ),
    "all links lead home": (
        poll(
            ("a", None, "https://n.test/", "First trees fall", 0),
            ("b", None, "https://n.test/", "Bridge is closed", 7),
        ),
        poll(
            ("b", None, "https://n.test/", "Bridge is closed", 7),
            ("c", None, "https://n.test/", "Power is out", 15),
        ),
        poll(("d", None, "https://n.test/", "The worst is over", 55)),
    ),
    "comments on one page have one title an author": (
        poll(
            ("c1", "c-1", "https://n.test/post#comment-1", "By: Ada", 0),
            ("c2", "c-2", "https://n.test/post#comment-2", "By: Ada", 5),
        ),
        poll(
            ("c2", "c-2", "https://n.test/post#comment-2", "By: Ada", 5),
            ("c3", "c-3", "https://n.test/post#comment-3", "By: Ada", 9),
        ),
        poll(("c4", "c-4", "https://n.test/post#comment-4", "By: Ada", 44)),
    ),
    "every item has the same guid": (
        numbered(4, guid="0"),
        numbered(5, guid="0"),
        numbered(5, guid="0", title="Edited: the {w}"),
    ),
    "one guid on several items, then on one": (
        poll(with_(FLOOD, guid="0"), with_(VOTE, guid="0")),
        poll(with_(MATCH, guid="0")),
        poll(with_(FLOOD, guid="0")),
    ),
    "every date is the time of the poll": tuple(
        numbered(5, minute=now, step=0) for now in (0, 15, 30, 45)
    ),
    "every date is new and every guid too": tuple(
        numbered(5, guid=f"{now}-{{n}}", minute=now, step=0) for now in (0, 15, 30)
    ),
    "no item has a link or a guid": (
        numbered(3, guid="", link=""),
        numbered(4, guid="", link=""),
        poll(
            ("ticker 1", None, None, "Ticker", 0),
            ("ticker 2", None, None, "Ticker", 60),
        ),
        poll(("ticker 3", None, None, "Ticker", 120)),
    ),
    "links are lost for a while": (numbered(4), numbered(4, link=""), numbered(4)),
    "numbers are guids": (
        numbered(4, guid="{n}"),
        numbered(6, guid="{n}", title="Second look at {w}"),
    ),
    "an item comes back after weeks with another guid": (
        poll(FLOOD, VOTE),
        poll(VOTE, MATCH),
        poll(MATCH),
        poll(with_(FLOOD, guid="reborn-77")),
        poll(with_(FLOOD, guid="reborn-77", title="The flood, a month on"), MATCH),
    ),
    "an item is listed twice": (
        poll(FLOOD, FLOOD, with_(FLOOD, guid="n-1b")),
        poll(FLOOD, VOTE),
    ),
    "two feeds in one repeat an article's path": (
        poll(
            ("east", "e1", "https://east.test/2026/03/01/morning", "Morning briefing", 0),
            ("west", "w1", "https://west.test/2026/03/01/morning", "Morning briefing", 120),
        ),
        poll(("south", "s1", "https://south.test/2026/03/01/morning", "Morning briefing", 300)),
    ),
    "queries tell articles apart": (
        poll(
            ("7", None, "https://n.test/?p=7", "River floods the old town", 0),
            ("8", None, "https://n.test/?p=8", "Parliament votes on the budget", 5),
        ),
        poll(
            ("8", None, "http://n.test/?p=8&utm_source=x", "The budget, in numbers", 5),
            ("9", None, "https://n.test/?p=9", "River floods the old town", 600),
        ),
    ),
    "an undated feed edits its headlines": (
        numbered(4, minute=None),
        numbered(4, minute=None, title="And now: {w}"),
        numbered(4, minute=None, title="And now: {w}", link="https://n.test/s/{n}"),
    ),
    "articles of one minute have their guids changed": (
        numbered(6, step=0),
        numbered(6, step=0, guid="x-{n}"),
    ),
}  # fmt: skip

DATED_HISTORIES: dict[str, tuple[Poll, ...]] = {
    "the site moves, guids being addresses, and headlines are edited": (
        numbered(5, guid="http://old.test/story-{n}", link="http://old.test/story-{n}"),
        numbered(
            5,
            guid="https://new.test/story-{n}",
            link="https://new.test/story-{n}",
            title="{w}: what we know of the Headline",
        ),
    ),
    "headline and slug are edited, the number stays, no guid": (
        poll(("flood", None, "https://n.test/news/4711001-floods", "River floods town", 0), VOTE),
        poll(("flood", None, "https://n.test/news/4711001-hurt", "Two are hurt", 0), VOTE),
    ),
}
"""What can be recognised only where the store also offers the entries of the same date."""
