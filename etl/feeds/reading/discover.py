"""Find the feeds of a page: those it names, and the places where feeds usually are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal
from urllib.parse import urljoin, urlsplit

from lxml import etree

from etl.feeds.reading.entries import absolute_url
from etl.feeds.reading.links import MAX_LINK_CHARS, mend_link
from etl.feeds.reading.sitemap import is_news_address
from etl.feeds.reading.text import decode_document, plain_text
from etl.feeds.reading.tree import Element
from etl.urls import canonicalize, is_http_url, is_same_site

MAX_PAGE_BYTES = 4 * 1024 * 1024
"""More of a page is not looked at: feeds are named in its head, or soon."""

MAX_HEADER_CHARS = 65_536
"""No server sends more."""

MAX_CANDIDATES = 2_000
"""So many links are looked at closely."""

MAX_FEED_LINKS = 100
"""No more are given; pages that list thousands list other people's."""

How = Literal["link header", "link rel=alternate", "link rel=feed", "anchor"]

_TYPES = re.compile(r"\s*(?:application|text)/(?:x[.-])?(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)")
# Types that may be a feed's: WordPress names an article's JSON and everybody's oEmbed so.
_VAGUE_TYPES = re.compile(r"\s*(?:(?:application|text)/(?:xml|json))?\s*(?:;.*)?")
_FEED_WORD = re.compile(
    r"(?:^|[/._?=&-])(?:rss|atom|rdf|feeds?)(?:[/._?=&-]|\d|$)|\.(?:rss|atom|rdf|xml)(?:[?#]|$)",
    re.IGNORECASE,
)
_OTHER_FILE = re.compile(
    r"\.(?:css|js|mjs|png|jpe?g|gif|svg|webp|ico|pdf|zip|mp3|mp4)(?:[?#]|$)", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|kommentar|coment[aá]ri|reacti", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"\Afeed:(?:/{0,2}(?=https?:)|(?=//))", re.IGNORECASE)
_HEADER_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_HEADER_PARAMETER = re.compile(r";\s*([\w*-]{1,40})\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_USUAL_PLACES = (
    "feed",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
    "feeds/posts/default",
    "?feed=rss2",
    "news-sitemap.xml",
    "sitemap-news.xml",
    "sitemap_news.xml",
    "googlenews.xml",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed a page names, or seems to; `how` says where. Whether it is one, asking tells."""

    url: str
    title: str | None
    how: How


def find_feed_links(
    content: bytes, *, url: str, content_type: str | None = None, link_header: str | None = None
) -> tuple[FeedLink, ...]:
    """Return the feeds a page names, best first; never raises.

    The header's (RFC 8288) and the head's own (rel=alternate with a feed's type, the RSS and Atom
    autodiscovery browsers used, or rel=feed) go before links that only look like feeds, the
    site's own before others', feeds of comments last. Each is absolute, http(s), and there once.

    Args:
        content: the page, decompressed; of a long one the first 4 MiB are read.
        url: where it was found, after redirects.
        content_type: the answer's header, for its charset.
        link_header: the answer's Link headers, joined with ",".
    """
    named = list(_in_header(link_header or "", url))
    root = _parse_page(content[:MAX_PAGE_BYTES], content_type)
    if root is not None:
        named += _in_page(root, url)
    found: dict[str, FeedLink] = {}
    for link in named:
        found.setdefault(canonicalize(link.url), link)
    found.pop(canonicalize(url), None)

    def rank(link: FeedLink) -> tuple[bool, bool, bool]:
        is_other_site = not is_same_site(link.url, url)
        return (_is_of_comments(link), link.how == "anchor", is_other_site)

    return tuple(sorted(found.values(), key=rank)[:MAX_FEED_LINKS])


def guess_feed_urls(url: str) -> tuple[str, ...]:
    """Return where the feeds of a site at `url` usually are, to be tried when it names none.

    The page's own folder goes first, then the site's root; nothing where `url` is no address.
    """
    if not is_http_url(url):
        return ()
    folder, _, last = urlsplit(url).path.rpartition("/")
    folder = folder if not last or "." in last else f"{folder}/{last}"  # /news is one, /a.html none
    paths = [f"{folder}/{place}" for place in ("feed", "rss", "rss.xml")]
    paths += [f"/{place}" for place in _USUAL_PLACES]
    return tuple(dict.fromkeys(urljoin(url, path) for path in paths))


def sitemaps_in_robots(text: str) -> tuple[str, ...]:
    """Return the sitemaps a robots.txt names (sitemaps.org), those named for news first."""
    lines = (mend_link(match[1]) for match in _SITEMAP_LINE.finditer(text))
    urls = {canonicalize(line): line for line in lines if line and _is_usable(line)}
    return tuple(sorted(urls.values(), key=lambda address: not is_news_address(address)))


def _parse_page(content: bytes, content_type: str | None) -> Element | None:
    text = decode_document(content, content_type)
    # lxml refuses a text that declares its charset.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _in_page(root: Element, url: str) -> Iterator[FeedLink]:
    href = next((found.get("href") for found in root.iter("base") if found.get("href")), None)
    base = absolute_url(mend_link(href), url) or url
    candidates = (element for element in root.iter("link", "a") if _may_name_one(element))
    for element in islice(candidates, MAX_CANDIDATES):
        target = _address(element.get("href"), base)
        if target is not None and (how := _how(element, target)):
            title = element.get("title") or (_words(element) if element.tag == "a" else None)
            yield FeedLink(url=target, title=plain_text(title), how=how)


def _may_name_one(element: Element) -> bool:
    """Return whether a closer look is worth while."""
    if element.tag == "link":
        return element.get("href") is not None
    return _FEED_WORD.search(element.get("href") or "") is not None


def _how(element: Element, target: str) -> How | None:
    """Return how `element` names a feed, None if it names none."""
    looks_so = _FEED_WORD.search(target) is not None and not _OTHER_FILE.search(target)
    if element.tag == "a":
        is_other_sitemap = "sitemap" in target.lower() and not is_news_address(target)
        return "anchor" if looks_so and not is_other_sitemap else None
    relations = (element.get("rel") or "").lower().split()
    if "feed" in relations:
        return "link rel=feed"
    kind = (element.get("type") or "").lower()
    is_feed = _TYPES.match(kind) or (
        looks_so and _VAGUE_TYPES.fullmatch(kind) and element.get("hreflang") is None
    )
    return "link rel=alternate" if "alternate" in relations and is_feed else None


def _in_header(header: str, base: str) -> Iterator[FeedLink]:
    for href, rest in _HEADER_LINK.findall(header[:MAX_HEADER_CHARS]):
        parameters = _HEADER_PARAMETER.findall(rest)
        said = {name.lower(): quoted or bare for name, quoted, bare in parameters}
        is_alternate = "alternate" in said.get("rel", "").lower().split()
        if is_alternate and _TYPES.match(said.get("type", "").lower()):
            target = _address(href, base)
            if target is not None:
                yield FeedLink(url=target, title=plain_text(said.get("title")), how="link header")


def _address(href: str | None, base: str) -> str | None:
    target = absolute_url(mend_link(_FEED_SCHEME.sub("", (href or "").strip())), base)
    return target if target and _is_usable(target) else None


def _is_usable(address: str) -> bool:
    return len(address) <= MAX_LINK_CHARS and is_http_url(address)


def _is_of_comments(link: FeedLink) -> bool:
    return _COMMENTS.search(f"{urlsplit(link.url).path} {link.title or ''}") is not None


def _words(element: Element) -> str:
    return "".join(str(piece) for piece in element.itertext())[:200]
