"""What callers may set about extraction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOptions:
    """Limits of extraction.

    The size limits keep a page from holding a worker for minutes: the extractor's time grows
    with the square of some of them. News pages have some 4,000 elements and 6,000 attributes.

    Attributes:
        min_chars: shortest text kept, in code points, boilerplate removed; a Han, kana or
            Hangul letter counts as `WIDE_WEIGHT` (quality).
        max_body_bytes: largest page looked at, decompressed.
        max_elements: most HTML elements.
        max_attributes: most attributes, of all elements together.
        max_depth: deepest nesting of elements.
        text_in: (feed's URL, CSS selector of the elements that hold the text on its pages).
    """

    min_chars: int = 200
    max_body_bytes: int = 8_000_000
    max_elements: int = 40_000
    max_attributes: int = 60_000
    max_depth: int = 250
    text_in: tuple[tuple[str, str], ...] = ()
