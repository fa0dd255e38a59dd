"""What the labels of character sets mean in practice."""

from __future__ import annotations

import codecs

# Browsers read these labels as their supersets (WHATWG Encoding, 4.2), and publishers rely on it.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Text encodings to Python, but no document's; UTF-16 is known by its zero bytes, and where it is
# only declared the document is something else.
_NEVER = frozenset(
    {
        "idna",
        "punycode",
        "unicode-escape",
        "raw-unicode-escape",
        "undefined",
        "utf-7",
        "mbcs",
        "oem",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
    }
)


def codec_name(label: str) -> str | None:
    """Return the codec a browser would use for `label`, None if it is no text encoding."""
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
        b"text".decode(name)  # some codecs are not of text: "hex", "zlib"
    except (LookupError, ValueError):
        return None
    return None if name in _NEVER else _SUPERSETS.get(name, name)
