"""Polling and fetching in whole runs: real HTTP, a real warehouse, and a clock that is moved on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import duckdb
import pytest

from etl import app
from etl.catalogue import add
from etl.home import Home
from etl.records import RunSummary, Subscription
from etl.rulesets import FEED_EXTRACTOR
from etl.settings import Settings
from tests.conftest import Quiet
from tests.net.site import Play, Site, answer, first_then

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
HTML = "text/html; charset=utf-8"
BODY = "".join(
    f"<p>Paragraph {n} of the report says that the harbour bridge near Tromsø carries {n}00 lorries"
    f" a day, which the engineer Ingrid Solbakken called far too many in winter.</p>"
    for n in range(1, 5)
)


def page(title: str, body: str = BODY, head: str = "", **headers: str) -> Play:
    """Return a play that answers with an article's page."""
    html = f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head>"
    html += f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    return answer(200, html.encode(), content_type=HTML, **headers)


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of a feed."""

    link: str
    title: str = "Bridge over limit"
    guid: str | None = None
    published: str = "Mon, 02 Mar 2026 07:00:00 GMT"
    content: str | None = None

    def xml(self) -> str:
        """Return it as RSS."""
        inside = f"<title>{self.title}</title><link>{escape(self.link)}</link>"
        inside += f"<pubDate>{self.published}</pubDate>"
        if self.guid:
            inside += f"<guid isPermaLink='false'>{escape(self.guid)}</guid>"
        if self.content:
            inside += f"<content:encoded><![CDATA[{self.content}]]></content:encoded>"
        return f"<item>{inside}</item>"


def feed(*items: Item, status: int = 200, **headers: str) -> Play:
    """Return a play that answers with an RSS feed."""
    inside = "".join(item.xml() for item in items)
    content = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    rss = f"<rss version='2.0' {content}><channel><title>T</title>{inside}</channel></rss>"
    return answer(status, rss.encode(), content_type="application/rss+xml", **headers)


@dataclass
class Desk:
    """A home on a scripted site whose names are its own, at a time of the test's choosing."""

    site: Site
    home: Home
    settings: Settings
    monkeypatch: pytest.MonkeyPatch
    now: datetime = START

    def subscribe(self, *urls: str) -> None:
        """Subscribe to feeds."""
        add(self.home.catalogue, [Subscription(url=url) for url in urls])

    def run(self, *, every: bool = False, later: timedelta = timedelta(0)) -> RunSummary:
        """Run once, so much later."""
        self.now += later
        now = self.now
        self.monkeypatch.setattr(app, "read_clock", lambda: now)
        return app.ingest(self.home, tell=Quiet(), settings=self.settings, every=every)

    def asked(self, path: str) -> int:
        """Return how often a path was asked for."""
        return self.site.paths().count(path)

    def rows(self, sql: str) -> list[tuple]:
        """Ask the published warehouse."""
        con = duckdb.connect(str(self.home.published), read_only=True)
        try:
            return con.execute(sql).fetchall()
        finally:
            con.close()


@contextmanager
def open_desk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Open a desk whose paper.test, moved.test and other.test are one site on loopback."""
    with Site() as site:
        settings = Settings.model_validate({
            "fetch": {
                "resolve": {
                    f"{name}.test:80": f"127.0.0.1:{site.port}"
                    for name in ("paper", "moved", "other")
                },
                "allow_private": ["127.0.0.1/32"],
                "per_host_delay_s": 0,
            },
            "schedule": {"audit_share": 0},
            "refine": {"workers": 1},
        })  # fmt: skip
        home = Home(folder)
        home.catalogue.write_text("", "utf-8")
        made = Desk(site=site, home=home, settings=settings, monkeypatch=monkeypatch)
        made.subscribe("http://paper.test/feed")
        yield made


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a desk with a feed at paper.test."""
    with open_desk(tmp_path, monkeypatch) as made:
        yield made


def test_an_article_stays_one_whatever_its_feed_makes_of_its_name(desk: Desk):
    """Guid churn, tracking, an edited headline, another host, the old guid again: one article."""
    link = "http://paper.test/2026/bridge-over-limit"
    history = [
        Item(link=link, guid="a-1"),
        Item(link=link, guid="b-2"),
        Item(link=f"{link}?utm_source=rss&utm_campaign=x", guid="b-2"),
        Item(link=f"{link}?utm_source=rss", guid="b-2", title="Harbour bridge over limit"),
        Item(link="http://moved.test/2026/bridge-over-limit", guid="c-3",
             title="Harbour bridge over limit"),
        Item(link="http://www.moved.test/2026/bridge-over-limit/", guid="a-1",
             title="Harbour bridge over limit"),
    ]  # fmt: skip
    desk.site.plays["/2026/bridge-over-limit"] = page("Bridge over limit")
    desk.settings.fetch.resolve["www.moved.test:80"] = f"127.0.0.1:{desk.site.port}"
    for item in history:
        desk.site.plays["/feed"] = feed(item)
        summary = desk.run(every=True, later=timedelta(days=8))
        assert summary.bugs == 0
    assert desk.rows("SELECT count(*) FROM entries") == [(1,)]
    assert desk.rows("SELECT count(*), max(version_count) FROM articles") == [(1, 1)]
    reasons = desk.rows("SELECT reason FROM entry_merges ORDER BY merged_at")
    assert reasons == [("guid_changed",), ("host_moved",), ("guid_changed",)]


def test_a_feed_that_lies_about_change_is_found_out_and_asked_in_full(desk: Desk):
    """304 although the content changed (Media Cloud gave up conditional GET over such feeds)."""
    desk.settings = desk.settings.model_copy(
        update={"schedule": desk.settings.schedule.model_copy(update={"audit_share": 1.0})}
    )
    desk.site.plays |= {"/1": page("One"), "/2": page("Two")}
    one, two = (Item(link=f"http://paper.test/{n}", title=f"T{n}", guid=f"g{n}") for n in (1, 2))
    desk.site.plays["/feed"] = feed(one, etag='"same"')
    desk.run()
    honest, lie = answer(304, b"", etag='"same"'), feed(one, two, etag='"same"')
    desk.site.plays["/feed"] = first_then(honest, lie)
    summary = desk.run(every=True, later=timedelta(hours=1))
    assert summary.articles_new == 1
    assert desk.rows("SELECT kind FROM alarms WHERE cleared_at IS NULL") == [("feed_lying",)]
    desk.run(every=True, later=timedelta(hours=1))
    assert "if-none-match" not in desk.site.asked[-1].headers


def test_what_the_feed_carried_stands_in_for_a_page_that_cannot_be_had(desk: Desk):
    """And says so; when the page can be had after all, that is the article's next version."""
    item = Item(link="http://paper.test/1", guid="g", content=BODY)
    desk.site.plays["/feed"] = feed(item)
    assert desk.run().articles_new == 1
    ((extractor, text),) = desk.rows("SELECT extractor, text FROM articles")
    assert extractor == FEED_EXTRACTOR
    assert "Ingrid Solbakken" in text
    told = desk.rows("SELECT source, rule FROM provenance WHERE field = 'text' AND chosen")
    assert told[0][0] == "feed"
    desk.site.plays["/1"] = page("Bridge over limit", BODY + BODY.replace("lorries", "buses"))
    assert desk.run(later=timedelta(days=2)).articles_changed == 1
    assert desk.rows(f"SELECT version, extractor = '{FEED_EXTRACTOR}' FROM articles") == [
        (2, False)
    ]


def test_two_entries_that_redirect_to_one_page_fetch_it_once(desk: Desk):
    """Both lead to its one article."""
    desk.site.plays |= {
        "/feed": feed(*(Item(link=f"http://paper.test/go/{n}", title=f"T{n}", guid=f"g{n}",
                             published=f"Mon, 02 Mar 2026 0{n}:00:00 GMT") for n in (1, 2))),
        "/go/1": answer(302, b"", location="/story"),
        "/go/2": answer(302, b"", location="/story"),
        "/story": page("Bridge over limit"),
    }  # fmt: skip
    desk.run()
    assert desk.asked("/story") == 1
    assert desk.rows("SELECT count(DISTINCT article_id), count(article_id) FROM entries") == [
        (1, 2)
    ]
    assert sorted(desk.rows("SELECT outcome FROM outcomes")) == [("known",), ("new",)]


def test_an_index_of_sitemaps_is_one_feed(desk: Desk):
    """Its sitemaps are read in the same run; what they list are its entries."""
    news = "http://www.google.com/schemas/sitemap-news/0.9"

    def sitemap(path: str) -> Play:
        xml = (
            f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='{news}'><url>"
            f"<loc>http://paper.test{path}</loc><news:news><news:publication_date>2026-03-02"
            f"</news:publication_date><news:title>T {path}</news:title></news:news></url></urlset>"
        )
        return answer(200, xml.encode(), content_type="application/xml")

    index = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + "".join(
        f"<sitemap><loc>http://paper.test/news-{n}.xml</loc></sitemap>" for n in (1, 2)
    )
    desk.subscribe("http://paper.test/index.xml")
    desk.site.plays |= {
        "/feed": feed(),
        "/index.xml": answer(200, f"{index}</sitemapindex>".encode()),
        "/news-1.xml": sitemap("/a"),
        "/news-2.xml": sitemap("/b"),
        "/a": page("Bridge over limit"),
        "/b": page("Tunnel under limit", BODY.replace("bridge", "tunnel")),
    }
    assert desk.run().articles_new == 2
    of_index = "SELECT count(*) FROM entries WHERE feed_url = 'http://paper.test/index.xml'"
    assert desk.rows(of_index) == [(2,)]
    again = desk.run(every=True, later=timedelta(hours=1))
    assert (again.entries_seen, again.feeds_unchanged) == (0, 2)


def test_a_page_missing_at_first_is_had_at_the_next_look(desk: Desk):
    """Caches answer 404 for pages just published: the article must not be lost for that."""
    desk.site.plays["/feed"] = feed(Item(link="http://paper.test/1", guid="g"))
    assert desk.run().articles_new == 0
    desk.site.plays["/1"] = page("Bridge over limit")
    assert desk.run(later=timedelta(minutes=30)).articles_new == 0
    assert desk.run(later=timedelta(hours=1)).articles_new == 1


def test_all_tries_at_once_what_could_not_be_had_and_lets_the_rest_be(desk: Desk):
    """What was read and found to be no article is not asked for again only because all is."""
    stub = "<p>Too short to be news.</p>"
    desk.site.plays |= {
        "/feed": feed(*(Item(link=f"http://paper.test/{n}", title=f"T{n}", guid=f"g{n}",
                             published=f"Mon, 02 Mar 2026 0{n}:00:00 GMT") for n in (1, 2))),
        "/1": first_then(answer(503, b""), page("Bridge over limit")),
        "/2": page("Stub", stub),
    }  # fmt: skip
    assert desk.run().articles_new == 0
    assert desk.run(every=True, later=timedelta(minutes=1)).articles_new == 1
    assert (desk.asked("/1"), desk.asked("/2")) == (2, 1)


def test_a_host_that_asked_for_time_is_not_asked_by_the_next_run(desk: Desk):
    """429 with Retry-After (RFC 6585, 4) holds for all of the host, from run to run."""
    desk.subscribe("http://paper.test/sport", "http://other.test/feed2")
    refusal = answer(429, b"", retry_after="7200")
    desk.site.plays |= {"/feed": refusal, "/sport": refusal, "/feed2": feed()}
    desk.run()
    asked = len(desk.site.asked)
    summary = desk.run(every=True, later=timedelta(hours=1))
    assert [one.path for one in desk.site.asked[asked:]] == ["/feed2"]
    assert summary.feeds_failed == 2
    desk.site.plays |= {"/feed": feed(), "/sport": feed()}
    assert desk.run(every=True, later=timedelta(hours=2)).feeds_failed == 0


def test_robots_txt_is_kept_from_run_to_run_for_as_long_as_it_says(desk: Desk):
    """RFC 9309, 2.4: by its Cache-Control, at most a day."""
    items = [Item(link=f"http://paper.test/{n}", title=f"T{n}", guid=f"g{n}",
                  published=f"Mon, 02 Mar 2026 0{n}:00:00 GMT") for n in (1, 2, 3)]  # fmt: skip
    kept = {"cache_control": "max-age=7200"}
    desk.site.plays |= {f"/{n}": page(f"Title {n}") for n in (1, 2, 3)}
    desk.site.plays["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /private", **kept)
    asked = []
    for count, hours in ((1, 0), (2, 1), (3, 2)):
        desk.site.plays["/feed"] = feed(*items[:count])
        desk.run(every=True, later=timedelta(hours=hours))
        asked.append(desk.asked("/robots.txt"))
    assert asked == [1, 1, 2]


def test_what_a_page_says_of_machine_use_is_recorded_with_it(desk: Desk):
    """robots.txt, headers (W3C TDMRep) and markup; nothing is judged: the article is there."""
    desk.site.plays |= {
        "/feed": feed(Item(link="http://paper.test/1", guid="g")),
        "/robots.txt": answer(200, b"User-agent: GPTBot\nDisallow: /\n"),
        "/1": page("T one", head="<meta name='robots' content='noai'>", tdm_reservation="1"),
    }
    assert desk.run().articles_new == 1
    found = desk.rows("SELECT source, name, value FROM usage_signals ORDER BY ALL")
    assert found == [
        ("header", "tdm-reservation", "1"), ("meta", "robots", "noai"),
        ("robots", "GPTBot", "disallow"),
    ]  # fmt: skip


def test_a_gone_feed_raises_an_alarm_is_asked_once_a_week_and_may_come_back(desk: Desk):
    """410 (RFC 9110, 15.5.11) retires it; no feed is given up for ever."""
    desk.site.plays["/feed"] = answer(410, b"")
    desk.run()
    assert desk.rows("SELECT state FROM feeds") == [("gone",)]
    assert desk.rows("SELECT kind FROM alarms WHERE cleared_at IS NULL") == [("feed_gone",)]
    assert desk.run(later=timedelta(days=2)).feeds_polled == 0
    desk.site.plays["/feed"] = feed()
    assert desk.run(later=timedelta(days=8)).feeds_polled == 1
    assert desk.rows("SELECT state FROM feeds") == [("active",)]
    assert desk.rows("SELECT count(*) FROM alarms WHERE cleared_at IS NULL") == [(0,)]


def test_a_feed_that_moved_for_good_is_asked_there_after_five_sightings(desk: Desk):
    """301 (RFC 9110, 15.4.2), never on one answer; it keeps its name and its entries theirs."""
    desk.site.plays |= {
        "/feed": answer(301, b"", location="http://moved.test/rss"),
        "/rss": feed(Item(link="http://paper.test/1", guid="g")),
        "/1": page("Bridge over limit"),
    }
    for _ in range(5):
        desk.run(every=True, later=timedelta(hours=7))
    before = desk.asked("/feed")
    desk.run(every=True, later=timedelta(hours=7))
    assert (before, desk.asked("/feed")) == (5, 5)
    assert desk.rows("SELECT feed_url, address FROM feeds") == [
        ("http://paper.test/feed", "http://moved.test/rss")
    ]
    assert desk.rows("SELECT count(*) FROM entries") == [(1,)]
    hops = desk.rows("SELECT DISTINCT url, status, location FROM redirects")
    assert hops == [("http://paper.test/feed", 301, "http://moved.test/rss")]


def test_a_vanished_page_is_confirmed_and_recorded_and_the_article_stays(desk: Desk):
    """404 on three looks a day apart."""
    desk.site.plays |= {
        "/feed": feed(Item(link="http://paper.test/1", guid="g")),
        "/1": page("Bridge over limit"),
    }
    desk.run()
    del desk.site.plays["/1"]
    for _ in range(4):
        desk.run(later=timedelta(days=1, hours=1))
    ((vanished, text),) = desk.rows("SELECT vanished_at IS NOT NULL, text FROM articles")
    assert vanished
    assert "Ingrid Solbakken" in text
    asked = desk.asked("/1")
    desk.run(later=timedelta(days=3))
    assert desk.asked("/1") == asked
