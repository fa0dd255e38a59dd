"""`newshouse feeds check`: feeds asked live, and what is wrong with them in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.newsroom import Run
from tests.net.site import Asked, Play, Site, answer, first_then, raw

Check = Callable[..., dict[str, Any]]
ITEMS = 4


def item(number: int, *, link: str | None = None, date: str | None = None, **more: str) -> str:
    """Return an RSS item; every part can be replaced or left out by ""."""
    parts = {
        "title": f"Story {number}",
        "link": f"/story/{number}" if link is None else link,
        "guid": f"g-{number}",
        "pubDate": date or f"Fri, 20 Nov 2026 1{number}:00:00 GMT",
    } | more
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in parts.items() if v) + "</item>"


def rss(*items: str, channel: str = "<title>Harbour</title>") -> bytes:
    """Return an RSS document of the items, four ordinary ones if none are given."""
    listed = "".join(items or (item(number) for number in range(ITEMS)))
    return f"<rss version='2.0'><channel>{channel}{listed}</channel></rss>".encode()


@pytest.fixture
def check(site: Site, run: Run) -> Check:
    """Return a way to check one path of the site; its findings by topic, the worst first."""

    def once(path: str, play: Play | None = None) -> dict[str, Any]:
        if play is not None:
            site.plays[path] = play
        url = path if "://" in path else f"http://127.0.0.1:{site.port}{path}"
        code, out, err = run("feeds", "check", url, "--json")
        assert code == 0, err
        (feed,) = json.loads(out.splitlines()[-1])["feeds"]
        assert feed["feed_url"] == url
        return {finding["topic"]: finding for finding in reversed(feed["findings"])}

    return once


def conditional(body: bytes, *, etag: str = '"v1"', body_then: bytes | None = None) -> Play:
    """Return a play that honours its ETag; asked in full again, it answers `body_then`."""
    whole = first_then(answer(body=body, etag=etag), answer(body=body_then or body, etag=etag))

    async def play(asked: Asked, writer: Any) -> bool:
        is_same = asked.headers.get("if-none-match") == etag
        return await (answer(304, etag=etag) if is_same else whole)(asked, writer)

    return play


def test_a_good_feed_is_well(check: Check, site: Site):
    """Everything a feed can do right, said once each."""
    site.plays["/robots.txt"] = answer(body=b"User-agent: *\nAllow: /\n")
    here = f"http://127.0.0.1:{site.port}"
    found = check(
        "/feed.xml", conditional(rss(*(item(n, link=f"{here}/{n}") for n in range(ITEMS))))
    )
    assert {topic: finding["severity"] for topic, finding in found.items()} == dict.fromkeys(
        ("answer", "entries", "text", "validators", "interval", "robots"), "ok"
    )
    assert "304" in found["validators"]["what"]


def test_nothing_is_written_and_no_page_is_fetched(check: Check, site: Site, tmp_path: Path):
    """It is a look, not a run."""
    check("/feed.xml", conditional(rss()))
    assert set(site.paths()) == {"/feed.xml", "/robots.txt"}
    assert list(tmp_path.iterdir()) == []


def test_validators_that_hide_news_are_found_out(check: Check):
    """Asked again in full behind the 304, the document says something new."""
    found = check("/feed.xml", conditional(rss(), body_then=rss(item(7), item(8))))
    assert found["validators"]["severity"] == "problem"
    assert "304" in found["validators"]["what"]


@pytest.mark.parametrize(
    ("play", "words"),
    [
        (answer(body=rss()), "neither ETag nor Last-Modified"),
        (answer(body=rss(), etag='"x"'), "does not honour"),
        (
            first_then(
                answer(body=rss(), etag='"x"'), answer(body=rss() + b"<!-- 2 -->", etag='"y"')
            ),
            "differs at each request",
        ),
        (
            first_then(answer(body=rss(), etag='"x"'), answer(body=rss(item(9)), etag='"y"')),
            "changed between two questions",
        ),
    ],
)
def test_how_a_feed_says_that_nothing_changed_is_told(check: Check, play: Play, words: str):
    """None, ignored, useless, or real news just then: each costs newshouse something else."""
    found = check("/feed.xml", play)
    assert found["validators"]["severity"] == "note"
    assert words in found["validators"]["what"]


@pytest.mark.parametrize(
    ("play", "topic", "words"),
    [
        (answer(410), "gone", "asks once a week"),
        (answer(429, retry_after="7200"), "rate_limit", "Retry-After: 2 hours"),
        (answer(403), "status", "fetch.contact_url"),
        (answer(404), "status", "feeds discover"),
        (answer(500), "status", "in trouble"),
        (answer(302, location="/feed.xml"), "unreachable", "redirects"),
        (raw(b"220 mail.test ready\r\n\r\n"), "unreachable", "speak HTTP"),
        (answer(body=b"<rss>" + b" " * 2_000_000), "unreachable", "fetch.max_body_bytes"),
        (answer(body=b""), "not_a_feed", "empty"),
    ],
)
def test_what_keeps_a_feed_from_being_had_is_said_with_a_mend(
    check: Check, play: Play, topic: str, words: str
):
    """A problem, what newshouse does next, and what the reader can do."""
    finding = check("/feed.xml", play)[topic]
    assert finding["severity"] == "problem"
    assert finding["newshouse"]
    assert words in " ".join(filter(None, finding.values()))


def test_a_host_that_is_not_there_is_told_from_one_that_refuses(check: Check):
    """Another mend for each."""
    gone = check("http://no-such-host.invalid/feed.xml")["unreachable"]
    refused = check("http://127.0.0.1:1999/feed.xml")["unreachable"]
    assert "host name" in gone["what"]
    assert "connection" in refused["what"].lower()
    assert gone["you"] != refused["you"]


def test_an_address_of_a_private_network_is_not_asked(check: Check):
    """The guard's refusal comes with the setting that lifts it."""
    assert "fetch.allow_private" in check("http://10.0.0.1/feed.xml")["unreachable"]["you"]


def test_redirects_are_told_with_what_becomes_of_them(check: Check, site: Site):
    """Permanent ones are adopted in the end, temporary ones never."""
    site.plays["/new.xml"] = answer(body=rss(), etag='"x"')
    moved = check("/feed.xml", answer(301, location="/new.xml"))["redirect"]
    assert f"127.0.0.1:{site.port}/new.xml directly" in moved["newshouse"]
    assert "feeds add" in moved["you"]
    passing = check("/other.xml", answer(302, location="/new.xml"))["redirect"]
    assert "for now" in passing["what"]
    assert passing["you"] is None


def test_a_page_is_no_feed_but_names_its_feeds(check: Check, site: Site):
    """The address to subscribe to is in the answer."""
    page = (
        b"<!doctype html><html><head><title>Harbour</title><link rel='alternate' "
        b"type='application/rss+xml' href='/rss/news.xml'></head><body>News</body></html>"
    )
    found = check("/", answer(body=page, content_type="text/html"))
    assert found["not_a_feed"]["severity"] == "problem"
    assert f"http://127.0.0.1:{site.port}/rss/news.xml" in found["not_a_feed"]["you"]


def test_robots_txt_of_the_newest_page_is_read_without_fetching_it(check: Check, site: Site):
    """A denial, a delay and what it says of AI."""
    site.plays["/robots.txt"] = answer(
        body=b"User-agent: *\nDisallow: /story/3\nCrawl-delay: 7\n\nUser-agent: GPTBot\nDisallow: /"
    )
    site.plays["/feed.xml"] = answer(body=rss())
    url = f"http://127.0.0.1:{site.port}/feed.xml"
    found = check(url)
    assert "/story/3" in found["robots"]["what"]
    assert found["robots"]["severity"] == "problem"
    assert "GPTBot" in found["usage"]["what"]
    assert "/story/3" not in site.paths()


def test_every_subscription_is_checked_when_no_address_is_given(run: Run, site: Site):
    """What is well is counted, not told; progress goes to stderr."""
    site.plays |= {"/a.xml": conditional(rss()), "/b.xml": answer(410)}
    site.plays["/robots.txt"] = answer(404)
    here = f"http://127.0.0.1:{site.port}"
    run("feeds", "add", f"{here}/a.xml", f"{here}/b.xml")
    code, out, err = run("feeds", "check")
    assert code == 0
    assert "checking feeds" in err
    assert out.index("/a.xml") < out.index("/b.xml")
    assert "gone for good" in out
    assert "honoured" not in out
    assert "2 feeds checked: 1 with problems, 1 with notes only, 0 well" in out


def test_an_address_that_is_none_is_a_usage_error(run: Run):
    """Exit 2, before anybody is asked; and with no subscriptions the way to get some."""
    code, _, err = run("feeds", "check", "javascript:alert(1)")
    assert code == 2
    assert "no http or https address" in err
    code, _, err = run("feeds", "check")
    assert code == 2
    assert "newshouse feeds add" in err


def test_what_the_warehouse_remembers_is_told_too(run: Run, site: Site):
    """After a run: when it was polled and when it is next; after failures: how many."""
    site.plays |= {"/robots.txt": answer(404), "/feed.xml": answer(body=rss(), etag='"x"')}
    url = f"http://127.0.0.1:{site.port}/feed.xml"
    run("feeds", "add", url)
    run("ingest")
    told = run("feeds", "check", url)[1]
    assert "last polled" in told
    site.plays["/feed.xml"] = answer(500)
    run("ingest", "--all")
    told = run("feeds", "check", url)[1]
    assert "1 failure in a row" in told


def test_a_host_that_asked_for_patience_is_given_it(run: Run, site: Site):
    """What a run learned of a host holds for a look too: nothing is asked, and it is said."""
    site.plays["/feed.xml"] = answer(429, retry_after="3600")
    url = f"http://127.0.0.1:{site.port}/feed.xml"
    run("feeds", "add", url)
    run("ingest")
    asked = len(site.asked)
    told = run("feeds", "check", url)[1]
    assert "patience" in told
    assert len(site.asked) == asked


def test_a_look_at_many_feeds_of_one_host_reads_its_robots_txt_once(run: Run, site: Site):
    """And tells each feed what holds for its own newest page."""
    here = f"http://127.0.0.1:{site.port}"
    site.plays["/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /b/\n")
    for name in "abc":
        site.plays[f"/{name}.xml"] = answer(body=rss(item(1, link=f"{here}/{name}/1")))
    _, out, _ = run("feeds", "check", "--json", *(f"{here}/{name}.xml" for name in "abc"))
    feeds = json.loads(out.splitlines()[-1])["feeds"]
    robots = [
        finding["severity"]
        for feed in feeds
        for finding in feed["findings"]
        if finding["topic"] == "robots"
    ]
    assert robots == ["ok", "problem", "ok"]
    assert site.paths().count("/robots.txt") == 1
