"""Read news sitemaps: what publishers make for search engines, and often richer than their RSS."""

from __future__ import annotations

from etl.errors import ParseError
from etl.feeds.draft import Draft, DraftFeed
from etl.feeds.tree import Element, children_of, first_text, name_of, named

_NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"


def is_sitemap(root: Element) -> bool:
    """Return whether `root` begins a sitemap or an index of sitemaps."""
    return name_of(root) in {"urlset", "sitemapindex"}


def read_sitemap(root: Element, *, url: str) -> DraftFeed:
    """Return the news of the sitemap under `root`; URLs without news are no entries.

    Raises:
        ParseError: it is an index of sitemaps, or lists pages but no news: polling such a list
            would fetch the whole site.
    """
    if name_of(root) == "sitemapindex":
        inner = (first_text(children_of(found), "loc") for found in root)
        listed = ", ".join([loc for loc in inner if loc][:3])
        raise ParseError(url, f"an index of sitemaps; subscribe to those it lists: {listed}")
    pages = [children_of(page) for page in root.iter("{*}url") if name_of(page) == "url"]
    drafts = tuple(_read_page(page) for page in pages if "news:news" in page)
    if pages and not drafts and _NEWS_NAMESPACE not in root.nsmap.values():
        raise ParseError(url, "a sitemap of pages, not of news")
    return DraftFeed(format="sitemap", drafts=drafts)


def _read_page(page: dict[str, list[Element]]) -> Draft:
    news = children_of(next(named(page, "news:news")))
    return Draft(
        link=first_text(page, "loc"),
        title=first_text(news, "news:title"),
        published_raw=first_text(news, "news:publication_date"),
        updated_raw=first_text(page, "lastmod"),
    )
