"""What was known when: a scripted history through the whole pipeline, asked at every instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.net.site import answer
from tests.test_polling import BODY, Desk, Item, feed, open_desk, page

OLD, NEW = "http://paper.test/1", "http://paper.test/2026/bridge"
HEAD = f"<link rel='canonical' href='{NEW}'>"
TRAM = "".join(
    f"<p>Line {n} of the tramway in Bergen opened with {n} new cars, said the conductor Tor"
    f" Lindqvist, and {n * 40} people rode on it that morning for nothing at all.</p>"
    for n in range(1, 6)
)
CUP = "".join(
    f"<p>In round {n} the team of Molde scored {n} goals against a side from Hamar, and the"
    f" keeper Ola Brenna was sent off in minute {n * 11} for a foul nobody had seen.</p>"
    for n in range(1, 6)
)
UPDATED = BODY.replace("200 lorries", "250 lorries")
LONGER = UPDATED + "<p>A second bridge is to be built by the county, it was said on Tuesday.</p>"
HOUR, MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)
Known = set[tuple[str, int, str]]
"""Title, version and a word only that text has."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a desk with a feed at paper.test."""
    with open_desk(tmp_path, monkeypatch) as made:
        yield made


class History:
    """Runs at given times, and what was to be known after each."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known: list[tuple[datetime, Known]] = []

    def run(self, known: Known, *, later: timedelta = 4 * HOUR) -> None:
        """Run so much later; then this is to be known."""
        summary = self.desk.run(every=True, later=later)
        assert summary.state == "completed"
        self.known.append((self.desk.now, known))
        assert self.ask("articles") == known

    def ask(self, relation: str) -> Known:
        """Return what a relation with the columns of `articles` knows."""
        words = "['250 lorries', 'second bridge', 'Lindqvist', 'Brenna', 'conductor']"
        rows = self.desk.rows(
            f"SELECT title, version, list_filter({words}, lambda w: contains(text, w))[-1] "
            f"FROM {relation}"
        )
        return {(title, version, word or "") for title, version, word in rows}

    def at(self, moment: datetime) -> Known:
        """Return what was to be known at a moment."""
        return next((known for when, known in reversed(self.known) if when <= moment), set())


def tell(history: History) -> None:
    """Play the history."""
    desk, plays = history.desk, history.desk.site.plays
    first, second = "Bridge over limit", "Harbour bridge far over limit"
    plays |= {"/feed": feed(Item(link=OLD, title=first, guid="a-1")), "/1": page(first)}
    history.run({(first, 1, "")})
    plays["/1"] = page(second)
    history.run({(second, 2, "")})
    for minutes in (3, 8):
        plays["/1"] = page(
            second, f"<p>Updated {minutes} minutes ago</p>{BODY}<p>{minutes} views</p>"
        )
        history.run({(second, 2, "")})
    plays["/1"] = page(second, UPDATED)
    history.run({(second, 3, "250 lorries")})
    plays |= {"/1": page(second, LONGER), "/feed": feed(Item(link=OLD, title=second, guid="a-1"))}
    history.run({(second, 4, "second bridge")}, later=timedelta(milliseconds=1))
    gone = plays.pop("/1")
    history.run({(second, 4, "second bridge")}, later=25 * HOUR)
    plays["/1"] = gone
    history.run({(second, 4, "second bridge")}, later=25 * HOUR)
    plays |= {"/1": answer(301, b"", location="/2026/bridge"),
              "/2026/bridge": page("Bridge closes", LONGER, HEAD)}  # fmt: skip
    history.run({("Bridge closes", 5, "second bridge")}, later=25 * HOUR)
    plays["/feed"] = feed(Item(link=NEW, title="Bridge closes", guid="z-9"))
    history.run({("Bridge closes", 5, "second bridge")}, later=25 * HOUR)
    desk.subscribe("http://other.test/feed2")
    tram = Item(link="http://other.test/tram", title="Tramway opens", guid="t-1", content=TRAM,
                published="Sat, 07 Mar 2026 07:00:00 GMT")  # fmt: skip
    plays["/feed2"] = feed(Item(link=NEW + "?utm_source=x", title="Bridge closes", guid="q"), tram)
    bridge = ("Bridge closes", 5, "second bridge")
    history.run({bridge, ("Tramway opens", 1, "conductor")})
    plays["/tram"] = page("Tramway opens", TRAM.replace("the conductor Tor Lindqvist", "Lindqvist"))
    history.run({bridge, ("Tramway opens", 2, "Lindqvist")}, later=49 * HOUR)
    plays |= {"/tram": answer(302, b"", location="/cup"), "/cup": page("Cup final lost", CUP)}
    history.run({bridge, ("Tramway opens", 2, "Lindqvist"), ("Cup final lost", 1, "Brenna")},
                later=25 * HOUR)  # fmt: skip


def test_as_of_is_exact_at_every_instant_of_a_history(desk: Desk):
    """A microsecond before, at and after each of its runs.

    New, a corrected headline, churn twice, a correction, an update in the same second, vanished and
    back, moved for good, a new guid, two feeds, a carried text and its page, and a redirect to
    another story.
    """
    history = History(desk)
    tell(history)
    assert len(history.known) >= 12
    for when, _ in history.known:
        for moment in (when - MICROSECOND, when, when + MICROSECOND):
            assert history.ask(f"as_of('{moment.isoformat()}')") == history.at(moment)
    ids = "SELECT article_id FROM core.article_urls WHERE url = '{}'"
    assert len({*desk.rows(ids.format(OLD)), *desk.rows(ids.format(NEW))}) == 1
    assert desk.rows("SELECT was_url, now_url FROM article_moves") == [(OLD, NEW)]
    assert desk.rows(
        "SELECT version, change FROM article_versions WHERE title <> 'Cup final lost' "
        "AND NOT contains(title, 'Tram') ORDER BY version"
    ) == [(1, "first"), (2, "correction"), (3, "correction"), (4, "update"), (5, "correction")]
    assert desk.rows("SELECT was, now FROM changes WHERE version = 3 AND field = 'text'") == [
        tuple(line.removeprefix("<p>").replace("</p>", "") for line in sentence)
        for sentence in [(BODY.split("<p>")[2], UPDATED.split("<p>")[2])]
    ]


def test_what_publishers_had_stated_is_the_other_axis(desk: Desk):
    """By their own times; a silent edit counts from when we saw it, a claim to come from now."""
    head = "<meta property='article:modified_time' content='2026-03-02T{}Z'>"
    desk.site.plays |= {
        "/feed": feed(Item(link=OLD, guid="a-1")),
        "/1": page("Bridge over limit", head=head.format("07:30:00")),
    }
    desk.run()
    for hours, title, stated in ((1, "Bridge closed", "08:10:00"), (1, "Bridge shut", "08:10:00"),
                                 (4, "Bridge barred", "23:00:00")):  # fmt: skip
        desk.site.plays["/1"] = page(title, head=head.format(stated))
        desk.run(every=True, later=hours * HOUR)

    def ask(seen: str, published: str) -> list[tuple]:
        day = "2026-03-02 {}:00+00"
        return desk.rows(
            f"SELECT title, stated_at FROM as_published('{day.format(seen)}', "
            f"'{day.format(published)}')"
        )

    def at(hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 3, 2, hour, minute, tzinfo=UTC)

    assert ask("07:59", "23:00") == []
    assert ask("23:59", "07:00") == []
    assert ask("08:30", "08:30") == ask("23:59", "08:00") == [("Bridge over limit", at(7, 30))]
    assert ask("23:59", "08:30") == [("Bridge closed", at(8, 10))]
    assert ask("23:59", "10:30") == [("Bridge shut", at(10))]
    assert ask("10:30", "23:59") == [("Bridge shut", at(10))]
    assert ask("23:59", "14:00") == [("Bridge barred", at(14))]
