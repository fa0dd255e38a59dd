"""Pages in, the addresses of their feeds out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feeds.reading.discover import (
    MAX_FEED_LINKS,
    FeedLink,
    find_feed_links,
    guess_feed_urls,
    sitemaps_in_robots,
)
from tests.patience import ends

PAGE_URL = "https://www.paper.test/world/story.html"


def found(markup: str, **more: str) -> list[str]:
    """Return the addresses found in a page with this markup."""
    links = find_feed_links(f"<!doctype html><html>{markup}".encode(), url=PAGE_URL, **more)
    return [link.url for link in links]


def test_a_feed_named_in_the_head_is_found_with_its_title():
    """RSS and Atom autodiscovery: rel=alternate with a feed's type."""
    page = (
        b'<meta charset="windows-1252"><title>x</title><LINK REL="Alternate home" '
        b'TYPE="application/rss+xml; charset=x" TITLE="Caf\xe9 &amp; more" HREF="/feed/">'
    )
    assert find_feed_links(page, url=PAGE_URL) == (
        FeedLink(url="https://www.paper.test/feed/", title="Café & more", how="link rel=alternate"),
    )


@pytest.mark.parametrize(
    "link",
    [
        '<link rel=alternate type="application/atom+xml" href="/f">',
        '<link rel=alternate type="application/feed+json" href="/f">',
        '<link rel=alternate type="application/rdf+xml" href="/f">',
        '<link rel=alternate type="application/x-rss+xml" href="/f">',
        '<link rel=alternate type="text/rss+xml" href="//www.paper.test/f">',
        '<link rel="feed" href="/f">',
        '<base href="https://www.paper.test/a/"><link rel=feed href="../f">',
        '<base href="/"><base href="/no/"><link rel=feed href="f">',
        '<base href="javascript:"><link rel=feed href="/f">',
        '<link rel=feed href=" feed:https://www.paper.test/f ">',
        '<link rel=feed href="feed://www.paper.test/f">',
        '<body><link rel=feed href="/f"><link rel=feed href="/f#again">',
    ],
)
def test_a_feed_is_found_however_it_is_named(link: str):
    """Every type feeds have, rel=feed, a base, feed: addresses; each once."""
    assert found(link) == ["https://www.paper.test/f"]


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<link rel=alternate hreflang=fr href=/fr/feed/>",
        "<link rel=alternate type=application/json href=/wp-json/wp/v2/posts/1>",
        "<link rel=alternate type=application/json+oembed href=/oembed?url=feed>",
        "<link rel='alternate stylesheet' type=text/css href=/feed.css>",
        "<link rel=feed href='javascript:feed()'>",
        "<link rel=feed href='file:///feed'>",
        "<link rel=feed href='http://['>",
        f"<link rel=feed href='/{'a' * 9_000}'>",
        f"<link rel=feed href='{PAGE_URL}'>",
        "<a href=/feedback>feed</a><a href=/atomic>x</a><a href=/img/rss.png>x</a>",
        "<a href=/sitemap.xml>x</a><a>rss</a>",
    ],
)
def test_what_is_no_feed_is_left_out(markup: str):
    """Translations, oEmbed, stylesheets, other schemes, the page itself, resembling words."""
    assert found(markup) == []


def test_links_that_look_like_feeds_come_after_those_that_are_named():
    """The site's own before others', comments last."""
    assert found(
        "<a href='https://other.test/rss'>x</a><a href=/rss.xml>x</a>"
        "<a href=https://feeds.paper.test/world>x</a><a href=/news-sitemap.xml>x</a>"
        "<link rel=alternate type=application/rss+xml href=/comments/feed/>"
        "<link rel=feed href=/story/feed/ title='Story Kommentar-Feed'>"
        "<link rel=alternate type=application/rss+xml href=https://other.test/all>"
        "<link rel=alternate type=application/rss+xml href=/feed/>"
    ) == [
        "https://www.paper.test/feed/",
        "https://other.test/all",
        "https://www.paper.test/rss.xml",
        "https://feeds.paper.test/world",
        "https://www.paper.test/news-sitemap.xml",
        "https://other.test/rss",
        "https://www.paper.test/comments/feed/",
        "https://www.paper.test/story/feed/",
    ]


def test_a_feed_named_in_the_header_comes_first():
    """RFC 8288, several links in one header, commas in a title; other relations are none."""
    header = (
        '</s.css>; rel=preload; as=style, </f>; rel="alternate"; type="application/rss+xml"; '
        'title="All, of it",<https://cdn.test/a>;type=application/atom+xml;rel=alternate, <broken'
    )
    links = find_feed_links(
        b"<link rel=feed href=/g>", url=PAGE_URL, content_type="text/html", link_header=header
    )
    assert [(link.url, link.title, link.how) for link in links] == [
        ("https://www.paper.test/f", "All, of it", "link header"),
        ("https://www.paper.test/g", None, "link rel=feed"),
        ("https://cdn.test/a", None, "link header"),
    ]


def test_a_link_says_in_its_words_what_the_feed_is_called():
    """An anchor's text is its title where it has none."""
    page = b"<a href=/rss>All <b>news</b></a><a href=/atom title=Sport>x</a>"
    assert [link.title for link in find_feed_links(page, url=PAGE_URL)] == ["All news", "Sport"]


@pytest.mark.parametrize(
    "page",
    [
        b"<" * 1_000_000,
        b"<a href='/rss'>" * 200_000,
        b"<div>" * 300_000,
        b"<a " + b"x=1 " * 200_000 + b"href=/rss>",
        b"".join(b"<link rel=feed href=/%d>" % at for at in range(50_000)),
        b"\x00" * 100_000,
    ],
    ids=["brackets", "anchors", "depth", "attributes", "feeds", "zeros"],
)
def test_hostile_pages_take_no_time(page: bytes):
    """A bounded number of links, soon."""
    with ends():
        links = find_feed_links(page, url=PAGE_URL, link_header="</f>;rel=" * 100_000)
    assert len(links) <= MAX_FEED_LINKS


@given(st.binary(max_size=300), st.text(max_size=100), st.text(max_size=100))
def test_any_page_and_header_are_looked_through(page: bytes, header: str, url: str):
    """Never raises; what comes back is absolute."""
    links = find_feed_links(page, url=url, link_header=header)
    assert all(link.url.lower().startswith("http") for link in links)
    assert all(guess.lower().startswith("http") for guess in guess_feed_urls(url))


def test_where_feeds_usually_are_is_tried_from_the_page_upwards():
    """The section's own places, then the site's; a page's file is no folder."""
    section = guess_feed_urls("https://paper.test/world/?page=2")
    assert section[:4] == (
        "https://paper.test/world/feed",
        "https://paper.test/world/rss",
        "https://paper.test/world/rss.xml",
        "https://paper.test/feed",
    )
    assert guess_feed_urls("https://paper.test/world")[0] == "https://paper.test/world/feed"
    assert guess_feed_urls("https://paper.test/a/b.html")[0] == "https://paper.test/a/feed"
    assert {
        "https://paper.test/rss.xml",
        "https://paper.test/atom.xml",
        "https://paper.test/index.xml",
        "https://paper.test/feeds/posts/default",
        "https://paper.test/news-sitemap.xml",
        "https://paper.test/sitemap_news.xml",
    } < set(guess_feed_urls("https://paper.test"))
    assert len(set(section)) == len(section)
    assert guess_feed_urls("mailto:a@paper.test") == ()


def test_robots_txt_names_sitemaps():
    """sitemaps.org's line, in any case, news first; relative and other addresses are none."""
    text = (
        "User-agent: *\r\nDisallow: /a\r\nSitemap: https://n.test/pages.xml # all\r\n"
        "sitemap:https://n.test/news.xml\nSITEMAP : https://n.test/pages.xml\n"
        "Sitemap: /relative.xml\nSitemap: ftp://n.test/x\nSitemap:\n"
    )
    assert sitemaps_in_robots(text) == ("https://n.test/news.xml", "https://n.test/pages.xml")
    assert sitemaps_in_robots("") == ()
