"""Every feed is one that feed readers read, and says what its site says."""

from datetime import datetime

import fastfeedparser
import pytest
from lxml import etree
from protego import Protego

from etl.demo import Site
from etl.demo.documents import render_feed, render_robots, render_sitemap, summarise

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.mark.parametrize("index", [0, 1, 2], ids=["rss", "atom", "json"])
@pytest.mark.parametrize("day", [1, 2])
def test_feed_lists_the_articles_of_the_day(sites: tuple[Site, ...], index: int, day: int):
    """Title, link and times come back as they were written."""
    site = sites[index].on(day)
    feed = fastfeedparser.parse(render_feed(site))
    assert feed.feed.title == site.name
    assert [entry.title for entry in feed.entries] == [each.title for each in site.articles]
    for entry, article in zip(feed.entries, site.articles, strict=True):
        assert entry.link == site.url(article.path)
        assert datetime.fromisoformat(entry.published) == article.published
        if article.updated is not None:
            assert datetime.fromisoformat(entry.updated) == article.updated


def test_only_some_entries_are_updated_on_day_2(sites: tuple[Site, ...]):
    """The corrected article's updated time moves; its neighbours' do not."""
    first, second = (fastfeedparser.parse(render_feed(sites[1].on(day))).entries for day in (1, 2))
    assert first[0].updated == second[0].updated
    assert first[1].updated != second[1].updated


def test_sitemap_names_every_page_with_its_last_change(sites: tuple[Site, ...]):
    """A news sitemap has title, publication date and lastmod."""
    site = sites[0].on(2)
    root = etree.fromstring(render_sitemap(site).encode())
    locations = [each.text for each in root.iterfind(".//s:loc", NAMES)]
    assert locations == [site.url(each.path) for each in site.articles]
    assert [each.text for each in root.iterfind(".//n:title", NAMES)] == [
        each.title for each in site.articles
    ]
    assert [each.text for each in root.iterfind(".//s:lastmod", NAMES)] == [
        (each.updated or each.published).isoformat() for each in site.articles
    ]


def test_site_that_chose_a_sitemap_feeds_it(sites: tuple[Site, ...]):
    """Its feed is its sitemap."""
    site = sites[3].on(1)
    assert render_feed(site) == render_sitemap(site)


def test_robots_closes_private_only(sites: tuple[Site, ...]):
    """Pages may be fetched, /private/ may not, and the sitemap is named."""
    site = sites[0].on(1)
    rules = Protego.parse(render_robots(site))
    assert rules.can_fetch(site.url(site.articles[0].path), "newshouse")
    assert not rules.can_fetch(site.url("/private/desk"), "newshouse")
    assert list(rules.sitemaps) == [site.url("/sitemap-news.xml")]


def test_summary_is_cut_at_a_word(sites: tuple[Site, ...]):
    """A short first paragraph is its own summary."""
    article = sites[0].on(1).articles[0]
    assert summarise(article) == "First we heard one bell."
