"""Read news sitemaps: what publishers make for search engines, and often richer than their RSS."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.errors import ParseError
from etl.feeds.reading.dates import parse_date
from etl.feeds.reading.draft import Draft, DraftFeed
from etl.feeds.reading.entries import absolute_url
from etl.feeds.reading.links import MAX_LINK_CHARS, mend_link
from etl.feeds.reading.tree import Children, Element, children_of, first_text, name_of, named
from etl.urls import canonicalize, is_http_url, is_same_site

_NEWS = "news:news"
_NEWS_NAME = re.compile(r"news|latest|breaking", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[/_-]?(0[1-9]|1[0-2]))?(?!\d)")


def is_sitemap(root: Element) -> bool:
    """Return whether `root` begins a sitemap or an index of sitemaps."""
    return name_of(root) in {"urlset", "sitemapindex"}


def read_sitemap(root: Element, *, url: str) -> DraftFeed:
    """Return the news of the sitemap under `root`, or the sitemaps an index lists.

    URLs without news are no entries.

    Raises:
        ParseError: it lists pages but no news: polling such a list would fetch the whole site.
    """
    if name_of(root) == "sitemapindex":
        return DraftFeed(format="sitemap", drafts=(), children=_children(root, url=url))
    pages = [children_of(page) for page in root.iter("{*}url") if name_of(page) == "url"]
    drafts = tuple(_read_page(page) for page in pages if _NEWS in page)
    if pages and not drafts and not _announces_news(root):
        raise ParseError(url, "a sitemap of pages, not of news")
    return DraftFeed(format="sitemap", title=_publication(pages), drafts=drafts)


def _announces_news(root: Element) -> bool:
    """Return whether the sitemap has a word for news, though none today."""
    return any("/sitemap-news/" in namespace.lower() for namespace in root.nsmap.values())


def _publication(pages: list[Children]) -> str | None:
    """Return the name of the newspaper the first news is from."""
    for news in named(next((page for page in pages if _NEWS in page), {}), _NEWS):
        for publication in named(children_of(news), "news:publication"):
            return first_text(children_of(publication), "news:name")
    return None


def _read_page(page: Children) -> Draft:
    news = children_of(next(named(page, _NEWS)))
    return Draft(
        link=mend_link(first_text(page, "loc")),
        title=first_text(news, "news:title"),
        published_raw=first_text(news, "news:publication_date"),
        updated_raw=first_text(page, "lastmod"),
    )


def _children(root: Element, *, url: str) -> tuple[str, ...]:
    """Return the sitemaps an index lists, each once, those to read first coming first.

    The site's own go before those of other hosts, those named for news before the others (a
    sitemap of pages is refused when it comes), those changed last first; of undated ones, the
    latest month in the name; else the publisher's order.
    """
    listed: dict[str, tuple[str, float]] = {}
    for found in root.iter("{*}sitemap"):
        inside = children_of(found)
        address = absolute_url(mend_link(first_text(inside, "loc")), url)
        if address and is_http_url(address) and len(address) <= MAX_LINK_CHARS:
            moment = parse_date(first_text(inside, "lastmod"))
            listed.setdefault(canonicalize(address), (address, moment.timestamp() if moment else 0))
    listed.pop(canonicalize(url), None)

    def rank(child: tuple[str, float]) -> tuple[bool, bool, float, str]:
        address, changed_at = child
        return (is_same_site(address, url), is_news_address(address), changed_at, _month(address))

    best_first = sorted(listed.values(), key=rank, reverse=True)  # equals stay in order
    return tuple(address for address, _ in best_first)


def is_news_address(address: str) -> bool:
    """Return whether a sitemap's address, its host aside, says that it lists news."""
    split = urlsplit(address)
    return _NEWS_NAME.search(f"{split.path}?{split.query}") is not None


def _month(address: str) -> str:
    """Return the latest year and month named in `address`, as digits."""
    found = _MONTH.findall(urlsplit(address).path)
    return max((year + month for year, month in found), default="")
