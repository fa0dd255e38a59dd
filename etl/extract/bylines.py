"""Where a page shows who wrote it: mark-up, bylines, links to authors' pages."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from etl.extract.headline import find_headline
from etl.extract.metadata import Declared, clean

# "article__byline", "authorName", "autor", "post-author-link"; not "authorization".
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|(?:article|post|story|entry|news|meta)?-?_?authors?(?:-?_?names?)?|"
    r"autor(?:es|en|i|a)?|autore|auteurs?|writers?|yazar|penulis)(?:$|[\s_-])",
    re.IGNORECASE,
)
# "/autoren/name/max-kolter", "/author/maria"; not "/authors".
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|a)?|auteurs?|autore|columnists?|yazar(?:lar)?|by|"
    r"reporters?|journalists?|redacteurs?|penulis)/[^/?#]+",
    re.IGNORECASE,
)
_LINKS_AFTER = etree.XPath("following::a[@href][position() <= 12]")
_AROUND = ("aside", "footer", "nav", "figure", "li")
_BYLINE_CHARS = 120
_BYLINES_MAX = 50
_CLASS_CHARS = 300
_NAME_CHARS = 60
_MARKED_MAX = 20


def find_marked(tree: HtmlElement) -> list[str]:
    """Return the texts of elements marked up as the author of the page."""
    found = []
    for element in tree.iter("a", "span", "address", "div", "p"):
        is_author = element.get("rel") == "author" or element.get("itemprop") == "author"
        if is_author and (text := clean(" ".join(element.itertext()))) and len(text) < _NAME_CHARS:
            found.append(text)
    return found[:_MARKED_MAX]


def find_byline(tree: HtmlElement) -> list[str]:
    """Return the text of the first element called a byline or the author, without its surroundings.

    Boxes of other articles have authors too: those stand in lists and asides.
    """
    called = (
        element
        for element in tree.iter("a", "span", "address", "div", "p", "strong")
        if _BYLINE.search(element.get("class", "")[:_CLASS_CHARS])
    )
    for element in islice(called, _BYLINES_MAX):  # a hostile page has thousands, each in another
        if next(element.iterancestors(*_AROUND), None) is not None:
            continue
        text = clean(" ".join(element.itertext()))
        if text and len(text) <= _BYLINE_CHARS and not _holds_byline(element):
            return [text]
    return []


def find_linked(tree: HtmlElement, declared: Declared) -> list[str]:
    """Return the texts of links to authors' pages among the first links after the headline."""
    headline = find_headline(tree, declared)
    links: Any = [] if headline is None else _LINKS_AFTER(headline)
    return [
        text
        for link in links
        if _AUTHOR_PAGE.search(link.get("href", "")) and (text := clean(link.text_content()))
    ]


def _holds_byline(element: HtmlElement) -> bool:
    """Return whether an element within says it more closely."""
    return any(
        _BYLINE.search(inner.get("class", "")[:_CLASS_CHARS]) and clean(inner.text_content())
        for inner in element.iterdescendants()
    )
