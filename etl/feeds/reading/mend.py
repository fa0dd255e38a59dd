"""Mend the commonest faults of a feed's XML: its DOCTYPE, and ampersands XML does not know."""

from __future__ import annotations

import html
import html.entities
import re
import sys

from etl.feeds.reading.text import FORBIDDEN

_DOCTYPE_HEAD_CHARS = 8_192
_DOCTYPE_START = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]{0,1000}(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_AMPERSAND = re.compile(
    r"&(?!(?:lt|gt|amp|quot|apos);)(?:(\w{2,32};)|#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});)?"
)
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,8})|0*(\d{1,8}));")


def mend_xml(text: str) -> str:
    """Return `text` without its DOCTYPE, every "&" outside CDATA made one XML knows.

    Searched by hand: a pattern from "<![CDATA[" to "]]>" takes minutes where many begin and
    none ends.
    """
    start = _DOCTYPE_START.search(text, 0, _DOCTYPE_HEAD_CHARS)
    if start and (doctype := _DOCTYPE.match(text, start.start())):
        text = text[: start.start()] + text[doctype.end() :]
    parts: list[str] = []
    at = 0
    while at < len(text):
        begin = text.find("<![CDATA[", at)
        end = text.find("]]>", begin) if begin >= 0 else -1
        if end < 0:
            begin = end = len(text)
        parts.append(_AMPERSAND.sub(_mend_ampersand, text[at:begin]))
        parts.append(text[begin:end])
        at = end
    return "".join(parts)


def drop_impossible_references(text: str) -> str:
    """Return `text` without references to what is no character, in CDATA too.

    A lenient parser that has lost its way reads "&#xD800;" there as well, and makes half a
    character of it, which Python cannot read.
    """
    return _REFERENCE.sub(_drop_impossible, text) if "&#" in text else text


def _drop_impossible(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    is_character = code <= sys.maxunicode and not FORBIDDEN.match(chr(code))
    return match[0] if is_character else ""


def _mend_ampersand(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name is None and (decimal or hexadecimal):
        # Numbers of no character (&#xD800;) would break lxml's strings: unescape marks them.
        character = html.unescape(f"&#{decimal};" if decimal else f"&#x{hexadecimal};")
        return html.escape(FORBIDDEN.sub("", character).replace("\ufffd", ""))
    known = html.entities.html5.get(name or "")
    return "&amp;" + (name or "") if known is None else html.escape(known)
