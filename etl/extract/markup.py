"""Lines of a text that may or may not be HTML."""

from __future__ import annotations

import re

from lxml.html import fragment_fromstring

_BLOCK_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li)\b[^<>]{0,500}>|\n\s{0,99}\n", re.IGNORECASE)


def split_markup(text: str) -> list[str]:
    """Return the lines of a text that may be HTML, or has line ends."""
    if "<" in text and _BLOCK_MARKUP.search(text):
        root = fragment_fromstring(_BLOCK_MARKUP.sub("\n\n", text), create_parent="div")
        text = root.text_content()
    return text.split("\n")
