"""Is it HTML at all: judged by the first bytes, then by the header."""

from __future__ import annotations

import re

from etl.outcomes import Reason
from etl.records import Page, Rejected

_HTML_TYPES = ("html", "xml", "text/plain", "octet-stream")
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file"),
    (b"PK\x03\x04", "a zip file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"ID3", "an MP3 file"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
_START_BYTES = 2_048
_HTML_START = re.compile(
    rb"<!doctype\s+html|<html|<head|<body|<article|<div|<p[\s>]", re.IGNORECASE
)
_FEED_START = re.compile(rb"(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b")


def find_other_format(page: Page) -> Rejected | None:
    """Return why `page` is no HTML, or None."""
    found = _name_bytes(page.body) or _name_header(page)
    if found is None:
        return None
    return Rejected(reason=Reason.NOT_HTML, detail=f"{found}, {len(page.body)} bytes")


def _name_bytes(body: bytes) -> str | None:
    """Return what the bytes are if they are not markup."""
    start = body[:_START_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, name in _MAGIC:
        if start.startswith(magic):
            return name
    if _FEED_START.match(start):
        return "a feed"
    if not start:
        return "an empty body"
    return None if b"<" in body else "no markup"


def _name_header(page: Page) -> str | None:
    """Return the media type declared if it is not HTML's and the bytes do not look like HTML.

    Some servers send every page as application/something.
    """
    declared = page.header("content-type") or page.ref.content_type or ""
    kind = declared.split(";")[0].strip().lower()
    if not kind or any(one in kind for one in _HTML_TYPES):
        return None
    return None if _HTML_START.search(page.body[:_START_BYTES]) else kind
