"""Read a badly damaged feed item by item: a fault costs the item it is in, and no other."""

from __future__ import annotations

import re
from itertools import pairwise

from etl.feeds.reading.items import format_of
from etl.feeds.reading.mend import mend_xml
from etl.feeds.reading.tree import Element, parse_leniently

ITEM_START = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
"""Where an item of RSS, RDF or Atom begins."""

_ROOT_START = re.compile(
    r"<((?:\w{1,20}:)?(?:rss|rdf|feed|channel))\b[^<>]{0,8192}>", re.IGNORECASE
)
_MAX_REREAD_CHARS = 50_000_000


def read_pieces(text: str) -> Element | None:
    """Return the root of a feed with every item that can be read by itself, None if it has none.

    A lenient parser mends little and stops early: one bit flipped in an end tag, and of fifty
    items it gives twenty. Here each stands between the root's own tags when it is read.
    """
    text = mend_xml(text)
    starts = [match.start() for match in ITEM_START.finditer(text)]
    opening = _ROOT_START.search(text, 0, starts[0]) if starts else None
    if opening is None or len(opening[0]) * len(starts) > _MAX_REREAD_CHARS:
        return None
    root = parse_leniently(text[: starts[0]])
    if root is None or format_of(root) is None:
        return None
    for begin, end in pairwise([*starts, len(text)]):
        piece = parse_leniently(f"{opening[0]}{text[begin:end]}</{opening[1]}>")
        # Without anything in it, it is one that a text only mentions.
        if piece is not None and len(piece) > 0 and len(piece[0]) > 0:
            root.append(piece[0])
    return root
