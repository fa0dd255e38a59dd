"""`newshouse feeds discover`: from a page to the feed behind it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from etl.catalogue import read_catalogue
from tests.cli.newsroom import Run
from tests.net.site import Site, answer

HTML = {"content_type": "text/html; charset=utf-8"}
FEED = (
    b"<rss version='2.0'><channel><title>Harbour</title><item><title>Ferry</title>"
    b"<link>/ferry</link><guid>1</guid><pubDate>Fri, 20 Nov 2026 12:00:00 GMT</pubDate></item>"
    b"</channel></rss>"
)
NEWS_SITEMAP = (
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    b"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>http://h.test/a</loc>"
    b"<news:news><news:publication_date>2026-11-20T12:00:00Z</news:publication_date>"
    b"<news:title>Ferry</news:title></news:news></url></urlset>"
)
PAGES_SITEMAP = (
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    b"<url><loc>http://h.test/contact</loc></url></urlset>"
)


def page_naming(*hrefs: str) -> bytes:
    """Return a page whose head names feeds."""
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' title='F' href='{href}'>"
        for href in hrefs
    )
    return f"<!doctype html><html><head>{links}</head><body>News</body></html>".encode()


def discover(run: Run, site: Site, path: str = "/", *words: str) -> tuple[int, dict[str, Any]]:
    """Run the command with --json on a page of the site; exit code and what it printed."""
    url = f"http://127.0.0.1:{site.port}{path}"
    code, out, err = run("feeds", "discover", url, "--json", *words)
    assert out, err
    return code, json.loads(out.splitlines()[-1])


def places(found: dict[str, Any]) -> list[str]:
    """Return the paths of the candidates, the best first."""
    return ["/" + one["url"].split("/", 3)[3] for one in found["candidates"]]


def test_feeds_the_page_names_are_tried_and_those_that_are_none_left_out(run: Run, site: Site):
    """Each candidate was really read; the page's order stays; nothing is guessed."""
    site.plays |= {
        "/": answer(body=page_naming("/dead.xml", "/news.xml", "/page.html", "/sport.xml"), **HTML),
        "/news.xml": answer(body=FEED),
        "/sport.xml": answer(body=FEED),
        "/page.html": answer(body=b"<!doctype html><p>no feed", **HTML),
    }
    code, found = discover(run, site)
    assert code == 0
    assert places(found) == ["/news.xml", "/sport.xml"]
    first = found["candidates"][0]
    assert (first["title"], first["format"], first["entries"]) == ("Harbour", "rss", 1)
    assert first["newest_at"].startswith("2026-11-20T12:00")
    assert first["how"] == "link rel=alternate"
    assert "/feed" not in site.paths()


def test_usual_places_are_tried_only_when_the_page_names_none(run: Run, site: Site):
    """A dead link in the head is as good as none."""
    site.plays |= {
        "/": answer(body=page_naming("/dead.xml"), **HTML),
        "/rss.xml": answer(body=FEED),
    }
    code, found = discover(run, site)
    assert code == 0
    assert places(found) == ["/rss.xml"]
    assert any(url.endswith("/dead.xml") for url in found["tried"])


def test_news_sitemaps_of_robots_txt_come_last_and_others_not_at_all(run: Run, site: Site):
    """A list of all pages is no feed; robots.txt is asked for once."""
    here = f"http://127.0.0.1:{site.port}"
    lines = "".join(f"Sitemap: {here}/{name}.xml\n" for name in ("pages", "news-sitemap", "index"))
    index = f"<sitemapindex><sitemap><loc>{here}/news-sitemap.xml</loc></sitemap></sitemapindex>"
    site.plays |= {
        "/robots.txt": answer(body=f"User-agent: *\nAllow: /\n{lines}".encode()),
        "/": answer(body=page_naming("/news.xml"), **HTML),
        "/news.xml": answer(body=FEED),
        "/pages.xml": answer(body=PAGES_SITEMAP),
        "/news-sitemap.xml": answer(body=NEWS_SITEMAP),
        "/index.xml": answer(body=index.encode()),
    }
    _, found = discover(run, site)
    assert places(found)[0] == "/news.xml"
    assert set(places(found)[1:]) == {"/news-sitemap.xml", "/index.xml"}
    assert site.paths().count("/robots.txt") == 1


def test_a_feed_given_directly_is_recognised(run: Run, site: Site):
    """Nothing else is asked."""
    site.plays["/feed.xml"] = answer(body=FEED)
    code, found = discover(run, site, "/feed.xml")
    assert code == 0
    assert places(found) == ["/feed.xml"]
    assert set(site.paths()) <= {"/robots.txt", "/feed.xml"}


def test_add_subscribes_to_the_best_once(run: Run, site: Site, tmp_path: Path):
    """The second time it says that it is there."""
    site.plays |= {
        "/": answer(body=page_naming("/empty.xml", "/news.xml"), **HTML),
        "/empty.xml": answer(body=b"<rss version='2.0'><channel/></rss>"),
        "/news.xml": answer(body=FEED),
    }
    url = f"http://127.0.0.1:{site.port}/"
    _, out, _ = run("feeds", "discover", url, "--add")
    assert f"subscribed: {url}news.xml" in out
    assert [one.url for one in read_catalogue(tmp_path / "feeds.toml")] == [f"{url}news.xml"]
    assert "already subscribed" in run("feeds", "discover", url, "--add")[1]
    assert len(read_catalogue(tmp_path / "feeds.toml")) == 1


def test_when_nothing_is_found_it_says_what_was_tried(run: Run, site: Site):
    """Exit 1, and the way on."""
    site.plays["/"] = answer(body=b"<!doctype html><p>Nothing here", **HTML)
    url = f"http://127.0.0.1:{site.port}/"
    code, out, _ = run("feeds", "discover", url)
    assert code == 1
    assert "no feed found" in out
    assert f"{url}feed" in out
    assert "newshouse feeds check" in out


@pytest.mark.parametrize(
    ("robots", "page", "words"),
    [
        (b"User-agent: *\nDisallow: /", answer(body=FEED), "robots"),
        (b"", answer(404), "404"),
    ],
)
def test_a_page_that_cannot_be_had_is_said_and_nothing_is_guessed(
    run: Run, site: Site, robots: bytes, page: Any, words: str
):
    """Denied by robots.txt, or not there."""
    site.plays |= {"/robots.txt": answer(body=robots), "/": page}
    code, _, err = run("feeds", "discover", f"http://127.0.0.1:{site.port}/")
    assert code == 1
    assert words in err
    assert "feeds check" in err
    assert set(site.paths()) <= {"/robots.txt", "/"}


def test_an_address_that_is_none_is_a_usage_error(run: Run):
    """Exit 2."""
    code, _, err = run("feeds", "discover", "not a page")
    assert code == 2
    assert "no http or https address" in err
