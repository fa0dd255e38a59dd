"""A page as blocks: the lines a reader sees, each with where in the tree it stands."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from etl.extract.blocks.cues import INLINE_CUES, read_cues

_BLOCK_NAMES = """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p pre section summary table
    tbody tfoot thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_BOLD = frozenset({"b", "strong"})
_SLANTED = frozenset({"i", "em"})
PLACE_NAMES = (
    "article", "main", "section", "aside", "footer", "header", "form", "figure", "figcaption",
    "table", "ul", "ol", "li", "blockquote", "dl", "address", "details", "p",
)  # fmt: skip
PLACES = len(PLACE_NAMES)
"""How many bits `Block.places` has: the kinds of elements around a block that are told apart."""

_PLACE_BIT = {tag: 1 << place for place, tag in enumerate(PLACE_NAMES)}
BLOCKS_MAX = 6_000
"""Blocks of one page that are looked at; articles of 2,000 exist, in live blogs."""


class Block(NamedTuple):
    """One line of a page.

    `linked`, `bold` and `slanted` count characters in such elements, `links` the links; `path` is
    the numbers of the block elements around it, outermost first; `places` has a bit for each kind
    of element around it, `own` and `around` for the cues in the names of its own element and of all
    others around it (`cues.read_cues`), `near` of the two next around it.
    """

    text: str
    tag: str
    signature: int
    path: tuple[int, ...]
    places: int
    own: int
    near: int
    around: int
    linked: int
    links: int
    bold: int
    slanted: int
    cells: int
    after_break: bool


class _Frame(NamedTuple):
    tag: str
    signature: int
    path: tuple[int, ...]
    places: int
    own: int
    near: int
    around: int


_OUTSIDE = _Frame("html", 0, (0,), 0, 0, 0, 0)


def read_blocks(tree: HtmlElement) -> list[Block]:
    """Return the blocks of `tree` in its order, at most `BLOCKS_MAX`; `tree` is not changed."""
    reader = _Reader()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            reader.enter(element)
        else:
            reader.leave(element)
        if len(reader.blocks) >= BLOCKS_MAX:
            break
    reader.end_block()
    return reader.blocks


class _Reader:
    """Gathers the blocks of a walk over a tree."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._frames = [_OUTSIDE]
        self._numbered = 0
        self._signatures: dict[tuple[str, str, int], int] = {}
        self._begin_block(is_after_break=False)
        self._depths = {"a": 0, "b": 0, "i": 0}

    def _begin_block(self, *, is_after_break: bool) -> None:
        self._pieces: list[str] = []
        self._counts = {"a": 0, "b": 0, "i": 0}
        self._links = 0
        self._cells = 0
        self._inline = 0
        self._is_after_break = is_after_break

    def enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.end_block()
            self._push(element, tag)
        elif tag == "br":
            self.end_block(is_break=True)
        else:
            self._enter_inline(element, tag)
        if element.text:
            self._add(element.text)

    def leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.end_block()
            self._frames.pop()
        elif kind := _KINDS.get(tag):
            self._depths[kind] -= 1
        if element.tail:
            self._add(element.tail)

    def _push(self, element: HtmlElement, tag: str) -> None:
        outer = self._frames[-1]
        names, own = read_cues(element)
        self._numbered += 1
        key = (tag, names, outer.signature)
        signature = self._signatures.setdefault(key, len(self._signatures) + 1)
        self._frames.append(
            _Frame(
                tag,
                signature,
                (*outer.path, self._numbered),
                outer.places | _PLACE_BIT.get(tag, 0),
                own,
                outer.own | (self._frames[-2].own if len(self._frames) > 1 else 0),
                outer.around | outer.own,
            )
        )

    def _enter_inline(self, element: HtmlElement, tag: str) -> None:
        if kind := _KINDS.get(tag):
            self._depths[kind] += 1
            self._links += kind == "a"
        elif tag in _CELLS:
            self._cells += 1
            self._pieces.append(" | ")
        if element.attrib:
            self._inline |= read_cues(element)[1] & INLINE_CUES

    def end_block(self, *, is_break: bool = False) -> None:
        text = " ".join("".join(self._pieces).split()).strip("| ")
        if text:
            frame = self._frames[-1]
            counts = self._counts
            self.blocks.append(
                Block(
                    text, frame.tag, frame.signature, frame.path, frame.places,
                    frame.own | self._inline, frame.near, frame.around,
                    counts["a"], self._links, counts["b"], counts["i"], self._cells,
                    self._is_after_break,
                )
            )  # fmt: skip
            self._begin_block(is_after_break=is_break)
        elif self._pieces or is_break:
            self._begin_block(is_after_break=is_break or self._is_after_break)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        for kind, depth in self._depths.items():
            if depth > 0:
                self._counts[kind] += len(text)


_KINDS = {"a": "a"} | dict.fromkeys(_BOLD, "b") | dict.fromkeys(_SLANTED, "i")
