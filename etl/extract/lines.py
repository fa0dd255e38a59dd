"""A fragment of HTML as the lines a reader sees, each with how much of it is links."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from etl.extract.tree import drop_textless

_BLOCK_NAMES = """
    address article blockquote body center dd details div dl dt fieldset figure h1 h2 h3 h4 h5 h6
    header hgroup hr html li main ol p pre section summary table tbody tfoot thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_NEVER_PROSE = ("aside", "figcaption", "footer", "form", "label", "rp", "rt")
# Boxes that plug-ins and feed services append: WordPress's Jetpack, YARPP and AddToAny,
# FeedBurner, Blogger; and captions from before HTML had an element for them.
_BOXES = re.compile(
    r"(?:^|\s)(?:sharedaddy|sd-sharing\S*|jp-relatedposts|yarpp\S*|addtoany\S*|a2a_\S*|feedflare|"
    r"heateor\S*|(?:share|sharing|social)-?(?:buttons?|links?|icons?|bar)|wp-caption-text|"
    r"related-?(?:posts?|articles?|stories|links?)|tr-caption|blogger-post-footer)(?:\s|$)",
    re.IGNORECASE,
)
_WITH_CLASS = etree.XPath("//*[@class]")
_BREAKS = re.compile(r"<(?:p|br|div|li|h[1-6]|tr)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]{0,99}\n")
_ESCAPED = re.compile(r"&lt;(?:/(?:p|div|li|h[1-6]|a)|br\s?/?)&gt;", re.IGNORECASE)


class Line(NamedTuple):
    """A line, a table's row with a bar before each cell.

    `linked` is the share of its characters in links, `closing` the text of a link at its end.
    """

    text: str
    linked: float
    closing: str
    is_item: bool


def mend_markup(text: str) -> str:
    """Return a fragment with what stands for markup in it as markup.

    Some feeds escape their HTML once too often; some carry plain text, whose blank lines part
    paragraphs.
    """
    if "<" not in text and _ESCAPED.search(text):
        text = html.unescape(text)
    return text if _BREAKS.search(text) else _BLANK_LINE.sub("<br>", text)


def read_lines(tree: HtmlElement) -> list[Line]:
    """Return the lines of `tree`, which loses what is never prose: captions, forms, share boxes."""
    drop_textless(tree)
    classed: Any = _WITH_CLASS(tree)
    for element in classed:
        if element is not tree and _BOXES.search(element.get("class")):
            element.tag = _NEVER_PROSE[0]
    etree.strip_elements(tree, *_NEVER_PROSE, with_tail=False)
    reader = _Reader()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            reader.enter(element)
        else:
            reader.leave(element)
    reader.end_line()
    return reader.lines


class _Reader:
    """Gathers the lines of a walk over a tree."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[tuple[str, bool]] = []
        self._links = 0
        self._items = 0

    def enter(self, element: HtmlElement) -> None:
        if element.tag in _BLOCKS or element.tag == "br":
            self.end_line()
        self._links += element.tag == "a"
        self._items += element.tag == "li"
        if element.tag in _CELLS:
            self._add("| ")
        self._add(element.text)

    def leave(self, element: HtmlElement) -> None:
        if element.tag in _BLOCKS:
            self.end_line()
        self._links -= element.tag == "a"
        self._items -= element.tag == "li"
        self._add(element.tail)

    def end_line(self) -> None:
        pieces, self._pieces = self._pieces, []
        text = " ".join("".join(piece for piece, _ in pieces).split())
        if not text.strip("| "):
            return
        linked = "".join(piece for piece, is_linked in pieces if is_linked)
        self.lines.append(
            Line(
                text=text,
                linked=_count(linked) / _count(text),
                closing=_find_closing(pieces),
                is_item=self._items > 0,
            )
        )

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._links > 0))


def _find_closing(pieces: list[tuple[str, bool]]) -> str:
    """Return the text of the link at the end of a line, arrows and full stops after it left out."""
    closing = ""
    for piece, is_linked in reversed(pieces):
        if is_linked:
            closing = piece + closing
        elif closing or any(char.isalnum() for char in piece):
            break
    return " ".join(closing.split())


def _count(text: str) -> int:
    return len(text) - sum(map(text.count, " \n\t\r\xa0"))
