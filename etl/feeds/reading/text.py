"""From bytes to characters, and from marked-up to plain text."""

from __future__ import annotations

import codecs
import html
import re

from etl.charsets import codec_name

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (
    ((b"<\x00", b"{\x00", b"[\x00"), "utf-16-le"),
    ((b"\x00<", b"\x00{", b"\x00["), "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:\?xml|meta)\b[^>]{0,200}?(?:encoding|charset)\s*=\s*[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_SEVEN_BIT = ("iso2022", "hz")
_STRAY_BYTES = re.compile("[\udc80-\udcff]")
_STRAYS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters XML has no place for, not even escaped."""

# Asked for one by one: forty times as fast as the pattern, and most documents have none.
_RARE = [chr(code) for code in (*range(0x20), 0xFFFE, 0xFFFF) if FORBIDDEN.match(chr(code))]

# Neither part can run past the next "<": a title of a million brackets stays linear.
_TAG = re.compile(r"<[/!]?[A-Za-z-][^<>]*>")


def decode_document(content: bytes, content_type: str | None = None) -> str:
    """Return the characters of a feed or a page, without those XML forbids; never raises.

    A byte order mark decides; else UTF-8 where the bytes are UTF-8, whatever they claim (by
    chance that happens to no other charset's text), single defects aside; else the declared
    charset, the header's, Windows-1252.
    """
    text = _decode(content, content_type)
    return FORBIDDEN.sub("", text) if any(character in text for character in _RARE) else text


def _decode(content: bytes, content_type: str | None) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    for starts, name in _WIDE:
        if content.startswith(starts):
            return content.decode(name, "ignore")
    claims = _claims(content, content_type)
    # 7-bit charsets are valid UTF-8 too: for these the claim goes first.
    for name in [name for name in claims if name.startswith(_SEVEN_BIT)]:
        if (text := _read(content, name)) is not None:
            return text
    if (text := _read_utf8(content)) is not None:
        return text
    fitting = (text for name in claims if (text := _read(content, name)) is not None)
    return next(fitting, None) or content.decode("cp1252", "replace")


def _claims(content: bytes, content_type: str | None) -> list[str]:
    """Return the charsets the document and the header claim, as codecs."""
    declared = _DECLARED.search(content, 0, 1024)
    header = _CHARSET.search(content_type or "")
    labels = [declared[1].decode("ascii", "replace")] if declared else []
    labels += [header[1]] if header else []
    return [name for label in labels if (name := codec_name(label)) is not None]


def _read(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except UnicodeError:
        return None


def _read_utf8(content: bytes) -> str | None:
    """Return `content` as UTF-8, None if it is none; one cut off inside a character is.

    So is one with a few stray bytes, a quotation pasted out of a word processor among them:
    other charsets' bytes form a sound sequence now and then, never as often as not.
    """
    try:
        return codecs.utf_8_decode(content, "strict", False)[0]  # noqa: FBT003 - not the end
    except UnicodeDecodeError:
        text = codecs.utf_8_decode(content, "surrogateescape", False)[0]  # noqa: FBT003
    strays = sum(1 for _ in _STRAY_BYTES.finditer(text))
    sound = sum(1 for character in text if character > "\x7f") - strays
    return text.translate(_STRAYS) if sound >= strays else None


def plain_text(marked_up: str | None) -> str | None:
    """Return `marked_up` without tags, entities and runs of space; None when nothing is left.

    Entities are resolved twice: publishers who escape once too often outnumber those who write
    about entities.
    """
    if not marked_up:
        return None
    if "<" in marked_up:
        marked_up = _TAG.sub("", marked_up)
    for _ in range(2):
        if "&" not in marked_up:
            break
        marked_up = html.unescape(marked_up)
    return " ".join(FORBIDDEN.sub("", marked_up).split()) or None
