"""News sitemaps, indexes of sitemaps, and the files they come in."""

from __future__ import annotations

import gzip

import pytest

from etl.feeds.reading.parse import parse_feed
from etl.records import Feed

from .documents import FEED_URL, SITEMAP


def parse_sitemap(content: bytes | str) -> Feed:
    """Parse `content` as the answer of the test feed."""
    body = content.encode() if isinstance(content, str) else content
    return parse_feed(body, url=FEED_URL)


def index(*sitemaps: tuple[str, str]) -> Feed:
    """Parse an index of these sitemaps (address, lastmod)."""
    listed = "".join(
        f"<sitemap><loc>{loc}</loc><lastmod>{lastmod}</lastmod></sitemap>"
        for loc, lastmod in sitemaps
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return parse_sitemap(f"<sitemapindex xmlns='{space}'>{listed}</sitemapindex>")


def test_an_index_of_sitemaps_lists_what_to_read_first():
    """The site's own, those named for news, the last changed; what is no address is left out."""
    feed = index(
        ("https://cdn.test/news.xml", "2026-02-18"),
        ("https://news.test/pages-old.xml", "2026-01-01"),
        ("https://news.test/pages-new.xml", "2026-02-17T10:00:00Z"),
        ("https://news.test/news-1.xml", "2026-02-16"),
        (" https://www.news.test/news-2.xml.gz ", "2026-02-17"),
        ("/relative.xml", ""),
        ("https://news.test/news-1.xml#again", "2026-02-20"),
        ("javascript:alert(1)", ""),
        ("https://news.test/" + "a" * 9_000, ""),
        (FEED_URL, "2026-02-18"),
        ("", ""),
    )
    assert (feed.format, feed.entries) == ("sitemap", ())
    assert feed.children == (
        "https://www.news.test/news-2.xml.gz",
        "https://news.test/news-1.xml",
        "https://news.test/pages-new.xml",
        "https://news.test/pages-old.xml",
        "https://news.test/relative.xml",
        "https://cdn.test/news.xml",
    )


def test_undated_sitemaps_go_by_the_month_in_their_names():
    """The newest month first, nameless ones after them in the publisher's order."""
    feed = index(
        ("https://news.test/2025/12.xml", ""),
        ("https://news.test/b.xml", ""),
        ("https://news.test/2026-01.xml", ""),
        ("https://news.test/a.xml", ""),
        ("https://news.test/id20261234.xml", ""),
    )
    assert [child.removeprefix("https://news.test/") for child in feed.children] == [
        "2026-01.xml",
        "2025/12.xml",
        "b.xml",
        "a.xml",
        "id20261234.xml",
    ]


@pytest.mark.parametrize("cut", [0, 12])
def test_a_gzip_file_is_opened(cut: int):
    """Sitemaps come as .xml.gz without a Content-Encoding; one cut short is read as far."""
    packed = gzip.compress(SITEMAP.encode())
    (entry,) = parse_sitemap(packed[: len(packed) - cut]).entries
    assert entry.url == "https://news.test/a"


@pytest.mark.parametrize("space", ["http://www.google.com/", "https://www.google.com/", "urn:x/"])
def test_a_news_sitemap_is_known_by_its_customary_names(space: str):
    """Wrong schemes and unknown namespaces under the usual prefix; the title is the newspaper."""
    feed = parse_sitemap(SITEMAP.replace("http://www.google.com/", space))
    assert (feed.title, len(feed.entries)) == ("Example", 1)
