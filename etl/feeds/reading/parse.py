"""Bytes in, feed out: find which format it is, have it read, and say what is wrong if none."""

from __future__ import annotations

import re
import zlib

from etl.errors import ParseError
from etl.feeds.reading.draft import DraftFeed
from etl.feeds.reading.entries import make_feed
from etl.feeds.reading.items import format_of, read_items
from etl.feeds.reading.json_feed import read_json_feed
from etl.feeds.reading.pieces import ITEM_START, read_pieces
from etl.feeds.reading.salvage import salvage
from etl.feeds.reading.sitemap import is_sitemap, read_sitemap
from etl.feeds.reading.text import decode_document
from etl.feeds.reading.tree import DamagedXmlError, Element, name_of, parse_xml
from etl.records import Feed

MAX_FEED_BYTES = 32 * 1024 * 1024
"""No feed is larger; the fetcher stops far below."""

MAX_FEED_ENTRIES = 50_000
"""What a sitemap may list at most; a feed with more is an attack or a mistake."""

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_ROOT_HEAD_CHARS = 8_192
_FEED_START = re.compile(r"<(?:\?xml|rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_HTML_DETAIL = "an HTML page, not a feed; its source may name one (link rel=alternate)"


def parse_feed(
    content: bytes, *, url: str, content_type: str | None = None, base_url: str | None = None
) -> Feed:
    """Return the feed in `content`; a valid empty feed has no entries.

    RSS 0.9x to 2.0, RDF, Atom, JSON Feed and news sitemaps are read, damaged ones as far as they
    go; of an index of sitemaps, what it lists. Nothing is fetched, no entity expanded.

    Args:
        content: the answer's body, decompressed; a gzip file in it is opened.
        url: the subscribed address: entry ids hang on it, so a redirect must not change it.
        content_type: the answer's header, for its charset.
        base_url: where redirects led; relative links count from there. None: `url`.

    Raises:
        ParseError: it is no feed; the detail says what it is instead.
    """
    draft = read_draft(content, url=url, content_type=content_type)
    return make_feed(draft, url=url, base_url=base_url or url)


def read_draft(content: bytes, *, url: str, content_type: str | None = None) -> DraftFeed:
    """Return the words of the feed in `content`, before anything is made of them.

    Raises:
        ParseError: it is no feed; the detail says what it is instead.
    """
    if len(content) > MAX_FEED_BYTES:
        raise ParseError(url, f"{len(content)} bytes, more than any feed has")
    if content.startswith(_GZIP):
        content = _gunzip(content, url=url)
    text = decode_document(content.strip(), content_type).lstrip()
    if not text:
        raise ParseError(url, "an empty answer")
    draft = read_json_feed(text, url=url) if text[0] in "{[" else _read_xml(text, url=url)
    found = max(len(draft.drafts), len(draft.children))
    if found > MAX_FEED_ENTRIES:
        raise ParseError(url, f"{found} items, more than any feed has")
    return draft


def _gunzip(content: bytes, *, url: str) -> bytes:
    """Return what is in a gzip file: sitemaps are often sent as files, .xml.gz, not encoded.

    One that stops short is read as far as it goes, like any damaged document.

    Raises:
        ParseError: it is no gzip, or more is in it than any feed has; no more is unpacked.
    """
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = unpacker.decompress(content, MAX_FEED_BYTES + 1)
    except zlib.error as error:
        raise ParseError(url, f"damaged gzip-compressed data: {error}") from error
    if len(unpacked) > MAX_FEED_BYTES:
        raise ParseError(url, f"more than {MAX_FEED_BYTES} bytes once decompressed from gzip")
    if not unpacked:
        raise ParseError(url, "gzip-compressed data with nothing in it")
    return unpacked


def _read_xml(text: str, *, url: str) -> DraftFeed:
    """Return the draft of an XML feed.

    Raises:
        ParseError: it is none.
    """
    if _HTML_START.match(text):
        raise ParseError(url, _HTML_DETAIL)
    # PHP warnings and stray lines before the document are common on small sites.
    start = None if text.startswith("<!") else _FEED_START.search(text, 0, _ROOT_HEAD_CHARS)
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
    found = salvage(text, "unknown") if ITEM_START.search(text) else None
    if found is None:
        raise ParseError(url, f"an XML document (<{name[:40]}>) without entries of a known kind")
    return found


def _read_damaged(text: str, damage: DamagedXmlError, *, url: str) -> DraftFeed:
    """Return what our reader got of a damaged document, or another's, whoever got more.

    Raises:
        ParseError: nobody got an entry: silence would look like a feed without news.
    """
    if damage.root is None and not ITEM_START.search(text):
        raise ParseError(url, f"neither XML nor JSON: it begins with {text[:40]!r}")
    draft = _read_root(damage.root, text, url=url) if damage.root is not None else None
    wanted = sum(1 for _ in ITEM_START.finditer(text))
    if _count(draft) < wanted and (root := read_pieces(text)) is not None:
        draft = max(draft, read_items(root), key=_count)
    if _count(draft) < wanted:  # else nobody can find more
        draft = max(draft, salvage(text, draft.format if draft else "unknown"), key=_count)
    if draft is None or not draft.drafts:
        raise ParseError(url, f"damaged XML in which no entry could be read: {damage}")
    return draft


def _count(draft: DraftFeed | None) -> int:
    """Return how many items there are that say anything."""
    drafts = draft.drafts if draft else ()
    return sum(1 for item in drafts if item.link or item.guid or item.title or item.summary)
