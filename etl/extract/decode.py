"""Bytes to text, once: what the bytes are beats what anybody says they are."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from etl.charsets import codec_name

_BOMS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s{0,9}=\s{0,9}"
                           rb"[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)  # fmt: skip
_HEAD_BYTES = 8_192
_SAMPLE_BYTES = 60_000
# What XML cannot hold: the extractor gives up on a tree that has it.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]+")
_CONTROL_BYTES = bytes([*range(9), 14, 15, *range(16, 32), 127])
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_MULTIBYTE = frozenset({"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "iso2022_jp"})


class Decoded(NamedTuple):
    """The text of a page, and the charset it was read with (a Python codec name)."""

    text: str
    charset: str


def decode_page(body: bytes, content_type: str | None) -> Decoded:
    """Return `body` as text; never fails.

    In order: a byte order mark; UTF-8 if the bytes are UTF-8, whatever is declared (publishers
    send koi8-u for UTF-8 pages); the charset of the header, then of the page; UTF-8 with single
    defects, which become U+FFFD; what statistics suggest.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(_read(body[len(bom) :], charset), charset)
    declared = _declared_charsets(body, content_type)
    if "iso2022_jp" in declared and b"\x1b" in body:  # seven-bit: always sound UTF-8 as well
        return Decoded(_read(body, "iso2022_jp"), "iso2022_jp")
    if b"\0" in body[:200] and (wide := _guess_utf16(body)):
        return Decoded(_read(body, wide), wide)
    # Deleted from the bytes, for that is ten times as fast; no charset below has them in letters.
    body = body.translate(None, _CONTROL_BYTES)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        charset = _choose_charset(body, declared)
    return Decoded(body.decode(charset, "replace"), charset)


def _read(body: bytes, charset: str) -> str:
    return _CONTROL.sub("", body.decode(charset, "replace"))


def _guess_utf16(body: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, judged by where the zero bytes stand."""
    head = body[:200]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 4:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared_charsets(body: bytes, content_type: str | None) -> list[str]:
    """Return the known charsets of header and page, in this order."""
    labels = []
    if content_type and (match := _HEADER_CHARSET.search(content_type)):
        labels.append(match.group(1))
    if found := _META_CHARSET.search(body[:_HEAD_BYTES]):
        labels.append(found.group(1).decode("ascii", "replace"))
    return [name for label in labels if (name := codec_name(label)) is not None]


def _choose_charset(body: bytes, declared: list[str]) -> str:
    """Return the charset to read `body` with, which is not sound UTF-8."""
    repaired = body.decode("utf-8", "replace")
    broken = repaired.count("\ufffd")
    sound = sum(1 for char in repaired if char > "\x7f") - broken
    # Other charsets' bytes form a sound sequence now and then, never as often as not.
    if sound >= broken:
        return "utf-8"
    fitting = [name for name in declared if name != "utf-8" and _decodes(body, name)]
    # A single-byte codec reads anything; that a multi-byte one fits is evidence.
    if fitting:
        return min(fitting, key=lambda name: name not in _MULTIBYTE)
    return _guess(body) or next((name for name in declared if name != "utf-8"), "cp1252")


def _guess(body: bytes) -> str | None:
    """Return the charset statistics suggest; of those that read alike, the commonest."""
    guess = from_bytes(_TAG.sub(b" ", body)[:_SAMPLE_BYTES]).best()
    if guess is None:
        return None
    return "cp1252" if "cp1252" in guess.could_be_from_charset else codec_name(guess.encoding)


def _decodes(body: bytes, charset: str) -> bool:
    try:
        body.decode(charset)
    except UnicodeDecodeError:
        return False
    return True
