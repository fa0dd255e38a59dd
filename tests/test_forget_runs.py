"""Whole runs, over real HTTP, after something was forgotten."""

from __future__ import annotations

from datetime import timedelta

from etl.erasure import forget
from tests.net.site import answer
from tests.test_erasure import findings, traces
from tests.test_polling import BODY, Desk, Item, desk, feed, page

__all__ = ["desk"]

LINK = "http://paper.test/2026/quokkaslug"
MARKS = ("quokkaslug", "Wombat", "wallaby7")
TEXT = BODY.replace("lorries", "wallaby7 lorries")


def test_a_run_keeps_out_what_was_forgotten_however_it_comes(desk: Desk) -> None:
    """Its item again, and a redirect to it from an address nobody knew: nothing, and no trace."""
    item = Item(link=LINK, title="Wombat bridge over its limit", guid="g-4711", content=TEXT)
    desk.site.plays |= {"/feed": feed(item), "/2026/quokkaslug": page("Wombat bridge", TEXT)}
    assert desk.run().articles_new == 1
    forget(desk.home, [LINK], reason="r")
    assert traces(desk.home.data, MARKS) == []
    asked = desk.asked("/2026/quokkaslug")
    other = Item(link="http://paper.test/2026/tram", title="A tram line opens", guid="g-4712",
                 published="Tue, 03 Mar 2026 07:00:00 GMT")  # fmt: skip
    desk.site.plays |= {
        "/feed": feed(item, other),
        "/2026/tram": page("A tram line opens", BODY.replace("bridge", "tram")),
    }
    summary = desk.run(every=True, later=timedelta(days=1))
    assert (summary.articles_new, summary.bugs) == (1, 0)
    assert desk.asked("/2026/quokkaslug") == asked
    assert traces(desk.home.data, MARKS) == []
    assert findings(desk.home) == []
    hidden = Item(link="http://paper.test/go/9", title="Wombat, read on", guid="g-4713",
                  published="Wed, 04 Mar 2026 07:00:00 GMT")  # fmt: skip
    desk.site.plays |= {
        "/feed": feed(item, other, hidden),
        "/go/9": answer(302, b"", location="/2026/quokkaslug"),
    }
    summary = desk.run(every=True, later=timedelta(days=1))
    assert (summary.articles_new, summary.bugs) == (0, 0)
    assert desk.rows("SELECT outcome, count(*) FROM entries GROUP BY ALL ORDER BY ALL") == [
        ("forgotten", 2), ("unchanged", 1),
    ]  # fmt: skip
    assert desk.rows("SELECT count(*) FROM articles") == [(1,)]
    assert traces(desk.home.data, (*MARKS, "/go/9")) == []
    assert findings(desk.home) == []
