"""Where in the page's tree blocks stand, and how far from its title."""

from __future__ import annotations

import numpy as np

from etl.extract.blocks.columns import Columns, spread_bits
from etl.extract.blocks.cues import CUE_NAMES, CUES
from etl.extract.blocks.evidence import words_of
from etl.extract.blocks.walk import PLACES, Block

_TAGS = ("p", "li", "div", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre",
         "figcaption", "dd", "dt", "section", "article", "body", "header", "footer",
         "aside")  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ALIKE = 0.5


def measure_places(blocks: list[Block]) -> Columns:
    """Return the tags, depths and surroundings of `blocks`, and the cues in names."""
    tags = [block.tag for block in blocks]
    columns: Columns = {
        "tag": np.array([_TAGS.index(tag) if tag in _TAGS else -1 for tag in tags], np.float64),
        "is_heading": np.array([tag in _HEADINGS for tag in tags], np.float64),
        "depth": np.array([len(block.path) for block in blocks], np.float64),
    }
    columns |= spread_bits("place", np.array([block.places for block in blocks]), PLACES)
    for name, bits in (
        ("own", np.array([block.own for block in blocks])),
        ("near", np.array([block.near for block in blocks])),
        ("around", np.array([block.around for block in blocks])),
    ):
        spread = spread_bits(name, bits, CUES)
        columns |= {f"{name}_{CUE_NAMES[n]}": spread[f"{name}_{n}"] for n in range(CUES)}
    return columns


def measure_titles(blocks: list[Block], columns: Columns, title: str) -> Columns:
    """Return how like `title` each block is, and how far it stands from the page's title."""
    known = set(words_of(title))
    run = "".join(words_of(title))
    shares, same, at = [], [], -1
    for place, block in enumerate(blocks):
        is_short = len(block.text) < 3 * len(title) + 40
        words = words_of(block.text) if is_short else []
        share = sum(map(known.__contains__, words)) / len(words) if words and known else 0.0
        shares.append(share)
        is_same = bool(run) and "".join(words) == run
        same.append(is_same)
        if at < 0 and (is_same or (block.tag == "h1" and share > 0.5)):  # noqa: PLR2004
            at = place
    if at < 0:
        at = next((n for n, block in enumerate(blocks) if block.tag == "h1"), -1)
    places = np.arange(len(blocks), dtype=np.float64)
    before = np.concatenate(([0.0], np.cumsum(columns["chars"])[:-1]))
    return {
        "title_share": np.array(shares, np.float64),
        "is_title": np.array(same, np.float64),
        "from_title": places - at if at >= 0 else np.full(len(blocks), 1_000.0),
        "chars_from_title": before - before[at] if at >= 0 else np.full(len(blocks), 1e5),
    }
