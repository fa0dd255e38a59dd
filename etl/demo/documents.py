"""What a site tells machines: RSS, Atom, JSON Feed, news sitemap and robots.txt.

Each function takes a site as it stands on a day (`Site.on`) and returns the document's text.
"""

from __future__ import annotations

import json
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from etl.demo.markup import xml_element
from etl.demo.sites import DemoArticle, Site

_PROLOG = '<?xml version="1.0" encoding="utf-8"?>\n'
_NO_NEWS_YET = datetime(2026, 11, 1, tzinfo=UTC)

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "sitemap": "application/xml; charset=utf-8",
}
"""The Content-Type of each kind of feed."""


def render_feed(site: Site) -> str:
    """Return the site's feed, in the format the site has chosen, newest article first."""
    match site.feed:
        case "rss":
            return render_rss(site)
        case "atom":
            return render_atom(site)
        case "json":
            return render_json_feed(site)
        case "sitemap":
            return render_sitemap(site)


def render_rss(site: Site) -> str:
    """Return an RSS 2.0 document; a corrected item has an atom:updated."""
    channel = xml_element(
        "channel",
        xml_element("title", site.name),
        xml_element("link", site.url("/")),
        xml_element("description", f"{site.name}: {_sections(site)}"),
        xml_element("language", site.language),
        xml_element("lastBuildDate", format_datetime(_last_change(site))),
        xml_element("ttl", "15"),
        *(_rss_item(site, article) for article in site.articles),
    )
    names = {
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:atom": "http://www.w3.org/2005/Atom",
    }
    return _PROLOG + xml_element("rss", channel, version="2.0", **names)


def _rss_item(site: Site, article: DemoArticle) -> str:
    url = site.url(article.path)
    updated = article.updated
    return xml_element(
        "item",
        xml_element("title", article.title),
        xml_element("link", url),
        xml_element("guid", url, isPermaLink="true"),
        xml_element("pubDate", format_datetime(article.published)),
        xml_element("atom:updated", updated.isoformat()) if updated else None,
        *(xml_element("dc:creator", author) for author in article.authors),
        *(xml_element("category", word) for word in (article.section, *article.keywords)),
        xml_element("description", summarise(article)),
    )


def render_atom(site: Site) -> str:
    """Return an Atom document; ids are tag URIs, which no URL of the page can be taken for."""
    feed = xml_element(
        "feed",
        xml_element("id", site.url("/")),
        xml_element("title", site.name),
        xml_element("updated", _last_change(site).isoformat()),
        xml_element("link", rel="self", href=site.url(site.feed_path)),
        xml_element("link", rel="alternate", type="text/html", href=site.url("/")),
        *(_atom_entry(site, article) for article in site.articles),
        xmlns="http://www.w3.org/2005/Atom",
        **{"xml:lang": site.language},
    )
    return _PROLOG + feed


def _atom_entry(site: Site, article: DemoArticle) -> str:
    return xml_element(
        "entry",
        xml_element("id", f"tag:{site.host},{article.published.year}:{article.slug}"),
        xml_element("title", article.title),
        xml_element("link", rel="alternate", type="text/html", href=site.url(article.path)),
        xml_element("published", article.published.isoformat()),
        xml_element("updated", (article.updated or article.published).isoformat()),
        # Atom wants an author: an unsigned piece is the paper's own.
        *(
            xml_element("author", xml_element("name", author))
            for author in article.authors or (site.name,)
        ),
        *(xml_element("category", term=word) for word in (article.section, *article.keywords)),
        xml_element("summary", summarise(article)),
    )


def render_json_feed(site: Site) -> str:
    """Return a JSON Feed 1.1 document."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "home_page_url": site.url("/"),
        "feed_url": site.url(site.feed_path),
        "language": site.language,
        "items": [_json_item(site, article) for article in site.articles],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _json_item(site: Site, article: DemoArticle) -> dict[str, Any]:
    url = site.url(article.path)
    item: dict[str, Any] = {
        "id": url,
        "url": url,
        "title": article.title,
        "content_text": summarise(article),
        "date_published": article.published.isoformat(),
        "authors": [{"name": author} for author in article.authors],
        "tags": [article.section, *article.keywords],
    }
    if article.updated:
        item["date_modified"] = article.updated.isoformat()
    return item


def render_sitemap(site: Site) -> str:
    """Return a news sitemap: the only feed that says neither who wrote an article nor its gist."""
    names = {
        "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
    }
    urls = (_sitemap_url(site, article) for article in site.articles)
    return _PROLOG + xml_element("urlset", *urls, **names)


def _sitemap_url(site: Site, article: DemoArticle) -> str:
    publication = xml_element(
        "news:publication",
        xml_element("news:name", site.name),
        xml_element("news:language", site.language),
    )
    news = xml_element(
        "news:news",
        publication,
        xml_element("news:publication_date", article.published.isoformat()),
        xml_element("news:title", article.title),
        xml_element("news:keywords", ", ".join(article.keywords)) if article.keywords else None,
    )
    lastmod = (article.updated or article.published).isoformat()
    return xml_element(
        "url",
        xml_element("loc", site.url(article.path)),
        xml_element("lastmod", lastmod),
        news,
    )


def render_robots(site: Site) -> str:
    """Return a robots.txt that closes /private/ only and names the sitemap."""
    sitemap = site.url("/sitemap-news.xml")
    return f"User-agent: *\nDisallow: /private/\n\nSitemap: {sitemap}\n"


def summarise(article: DemoArticle) -> str:
    """Return the first paragraph, cut at a word after some 240 characters."""
    return textwrap.shorten(article.paragraphs[0], 240, placeholder=" …")


def _last_change(site: Site) -> datetime:
    times = (article.updated or article.published for article in site.articles)
    return max(times, default=_NO_NEWS_YET)


def _sections(site: Site) -> str:
    return ", ".join(dict.fromkeys(article.section for article in site.articles))
