"""Bytes in, feed out: find which format it is, have it read, and say what is wrong if none."""

from __future__ import annotations

import re

from etl.errors import ParseError
from etl.feeds.draft import DraftFeed
from etl.feeds.entries import make_feed
from etl.feeds.items import format_of, read_items
from etl.feeds.json_feed import read_json_feed
from etl.feeds.salvage import salvage
from etl.feeds.sitemap import is_sitemap, read_sitemap
from etl.feeds.text import decode_document
from etl.feeds.tree import DamagedXmlError, Element, name_of, parse_xml
from etl.records import Feed

MAX_FEED_BYTES = 32 * 1024 * 1024
"""No feed is larger; the fetcher stops far below."""

MAX_FEED_ENTRIES = 50_000
"""What a sitemap may list at most; a feed with more is an attack or a mistake."""

_GZIP = b"\x1f\x8b"
_ROOT_HEAD_CHARS = 8_192
_FEED_START = re.compile(r"<(?:\?xml|rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_ITEM = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_HTML_DETAIL = "an HTML page, not a feed; its source may name one (link rel=alternate)"


def parse_feed(
    content: bytes, *, url: str, content_type: str | None = None, base_url: str | None = None
) -> Feed:
    """Return the feed in `content`; a valid empty feed has no entries.

    RSS 0.9x to 2.0, RDF, Atom, JSON Feed and news sitemaps are read, damaged ones as far as they
    go. Nothing is fetched, no entity expanded.

    Args:
        content: the answer's body, decompressed.
        url: the subscribed address: entry ids hang on it, so a redirect must not change it.
        content_type: the answer's header, for its charset.
        base_url: where redirects led; relative links count from there. None: `url`.

    Raises:
        ParseError: it is no feed; the detail says what it is instead.
    """
    if len(content) > MAX_FEED_BYTES:
        raise ParseError(url, f"{len(content)} bytes, more than any feed has")
    if content.startswith(_GZIP):
        raise ParseError(url, "gzip-compressed data whose headers do not say so")
    text = decode_document(content.strip(), content_type).lstrip()
    if not text:
        raise ParseError(url, "an empty answer")
    draft = read_json_feed(text, url=url) if text[0] in "{[" else _read_xml(text, url=url)
    if len(draft.drafts) > MAX_FEED_ENTRIES:
        raise ParseError(url, f"{len(draft.drafts)} items, more than any feed has")
    return make_feed(draft, url=url, base_url=base_url or url)


def _read_xml(text: str, *, url: str) -> DraftFeed:
    """Return the draft of an XML feed.

    Raises:
        ParseError: it is none.
    """
    if _HTML_START.match(text):
        raise ParseError(url, _HTML_DETAIL)
    # PHP warnings and stray lines before the document are common on small sites.
    start = _FEED_START.search(text, 0, _ROOT_HEAD_CHARS)
    text = text[start.start() :] if start else text
    try:
        return _read_root(parse_xml(text), text, url=url)
    except DamagedXmlError as damage:
        return _read_damaged(text, damage, url=url)


def _read_root(root: Element, text: str, *, url: str) -> DraftFeed:
    if format_of(root) is not None:
        return read_items(root)
    if is_sitemap(root):
        return read_sitemap(root, url=url)
    name = name_of(root)
    if name == "html":
        raise ParseError(url, _HTML_DETAIL)
    if name == "opml":
        raise ParseError(url, "an OPML list of feeds; use `newshouse feeds import`")
    found = salvage(text, "unknown") if _ITEM.search(text) else None
    if found is None:
        raise ParseError(url, f"an XML document (<{name[:40]}>) without entries of a known kind")
    return found


def _read_damaged(text: str, damage: DamagedXmlError, *, url: str) -> DraftFeed:
    """Return what our reader got of a damaged document, or another's, whoever got more.

    Raises:
        ParseError: nobody got an entry: silence would look like a feed without news.
    """
    if damage.root is None and not _ITEM.search(text):
        raise ParseError(url, f"neither XML nor JSON: it begins with {text[:40]!r}")
    draft = _read_root(damage.root, text, url=url) if damage.root is not None else None
    found = len(draft.drafts) if draft else 0
    if found < sum(1 for _ in _ITEM.finditer(text)):  # else nobody can find more
        other = salvage(text, draft.format if draft else "unknown")
        if other is not None and len(other.drafts) > found:
            return other
    if draft is None or not draft.drafts:
        raise ParseError(url, f"damaged XML in which no entry could be read: {damage}")
    return draft
