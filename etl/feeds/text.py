"""From bytes to characters, and from marked-up to plain text."""

from __future__ import annotations

import codecs
import html
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Python has codecs that are no character sets (zip, unicode_escape): a feed may not name those.
_CHARACTER_SETS = re.compile(
    r"(?:utf|ucs|iso|us-?ascii|ascii|latin|windows|cp|koi8|mac|gb|hz|big5|euc|shift|sjis|ks_c|tis)"
    r"[\w.:-]*",
    re.IGNORECASE,
)
_SEVEN_BIT = re.compile(r"iso-2022|hz", re.IGNORECASE)
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters XML has no place for, not even escaped."""

# Neither part can run past the next "<": a title of a million brackets stays linear.
_TAG = re.compile(r"<[/!]?[A-Za-z-][^<>]*>")


def decode_document(content: bytes, content_type: str | None = None) -> str:
    """Return the characters of a feed, without those XML forbids; never raises.

    A byte order mark decides; else UTF-8 where the bytes are valid UTF-8, whatever they claim
    (by chance that happens to no other charset's text); else the declared charset, the header's,
    Windows-1252.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return FORBIDDEN.sub("", content[len(mark) :].decode(name, "replace"))
    for name in _candidates(content, content_type):
        try:
            return FORBIDDEN.sub("", content.decode(name))
        except (UnicodeError, LookupError):
            continue
    return FORBIDDEN.sub("", content.decode("cp1252", "replace"))


def _candidates(content: bytes, content_type: str | None) -> list[str]:
    """Return the charsets to try, best first."""
    declared = _DECLARED.search(content, 0, 1024)
    header = _CHARSET.search(content_type or "")
    claims = [declared[1].decode("ascii", "replace")] if declared else []
    claims += [header[1]] if header else []
    claims = [name for name in claims if _CHARACTER_SETS.fullmatch(name)]
    if content.startswith((b"<\x00", b"{\x00")):
        return ["utf-16-le"]
    if content.startswith((b"\x00<", b"\x00{")):
        return ["utf-16-be"]
    # 7-bit charsets are valid UTF-8 too: for these the claim goes first.
    first = [name for name in claims if _SEVEN_BIT.match(name)]
    return [*first, "utf-8", *claims]


def plain_text(marked_up: str | None) -> str | None:
    """Return `marked_up` without tags, entities and runs of space; None when nothing is left."""
    if not marked_up:
        return None
    if "<" in marked_up:
        marked_up = _TAG.sub("", marked_up)
    if "&" in marked_up:
        marked_up = html.unescape(marked_up)
    return " ".join(FORBIDDEN.sub("", marked_up).split()) or None
