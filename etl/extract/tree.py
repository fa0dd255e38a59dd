"""Text to an element tree, within limits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from etl.errors import ExtractError
from etl.extract.options import ExtractOptions
from etl.outcomes import Reason
from etl.records import Page, Rejected

# No article text is ever in these, and every copy and query of the tree pays for them.
_NEVER_TEXT = """
    applet area audio button canvas datalist dialog embed head iframe input link map nav noscript
    object param progress script select source style svg template textarea track use video
"""
# lxml.html's own choice of a class calls Python once an element; all it adds is forms' fields.
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)
_LONG_TAG = 4_000
_ATTRIBUTE = re.compile(r"\s[\w:-]{1,99}\s?=")
_TAG_ATTRIBUTES = 1_000
# libxml2 drops what follows; one site's template ends the page after its header.
_ENDED = re.compile(r"</(?:body|html)\s{0,9}>", re.IGNORECASE)
_AFTER_END_CHARS = 1_000
_ATTRIBUTES = etree.XPath("count(//@*)")
_ELEMENTS = etree.XPath("count(//*)")
# A button or a menu whose end tag is missing takes in all of the page that follows: HTML5's rules
# for that are not libxml2's. Three of 812 pages had their article in one.
_SWALLOWING = etree.XPath(
    "//*[self::button or self::nav][.//main or count(.//p[string-length() > 200]) > 2]"
)


def parse_html(text: str) -> HtmlElement:
    """Return the root element of `text`, comments left out.

    Raises:
        ExtractError: there is no element in it.
    """
    parser = HTMLParser(
        encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, huge_tree=True
    )
    parser.set_element_class_lookup(_CLASSES)
    ended = _ENDED.search(text)
    if ended and len(text) - ended.end() > _AFTER_END_CHARS:
        text = _ENDED.sub("", text)
    try:
        # Bytes, for lxml refuses a str that has an XML declaration.
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ExtractError(f"no HTML could be read: {error}") from error
    swallowing: Any = _SWALLOWING(tree)
    for element in swallowing:
        element.tag = "div"
    return tree


def check_size(page: Page, options: ExtractOptions) -> Rejected | None:
    """Return why `page` is too large to be parsed, or None."""
    if len(page.body) <= options.max_body_bytes:
        return None
    detail = f"{len(page.body)} > {options.max_body_bytes} bytes"
    return Rejected(reason=Reason.UNPARSABLE, detail=detail)


def check_limits(tree: HtmlElement, options: ExtractOptions) -> Rejected | None:
    """Return why `tree` is too much to extract from, or None."""
    found = (
        (_count(_ELEMENTS, tree), options.max_elements, "elements"),
        (_count(_ATTRIBUTES, tree), options.max_attributes, "attributes"),
    )
    for count, limit, what in found:
        if count > limit:
            return Rejected(reason=Reason.UNPARSABLE, detail=f"{count} > {limit} {what}")
    if _deeper_than(options.max_depth)(tree):
        detail = f"elements nested deeper than {options.max_depth}"
        return Rejected(reason=Reason.UNPARSABLE, detail=detail)
    return None


def find_bloated_tag(text: str) -> Rejected | None:
    """Return why parsing `text` would take minutes, or None.

    The parser's time grows with the square of one element's attributes: 50,000 took 50 s.
    """
    for tag in (piece for piece in text.split("<") if len(piece) > _LONG_TAG):
        inside = tag.partition(">")[0]
        if inside.count("=") <= _TAG_ATTRIBUTES:  # most by far are scripts' text, after the ">"
            continue
        count = len(_ATTRIBUTE.findall(inside))
        if count > _TAG_ATTRIBUTES:
            detail = f"{count} > {_TAG_ATTRIBUTES} attributes in one element"
            return Rejected(reason=Reason.UNPARSABLE, detail=detail)
    return None


def drop_textless(tree: HtmlElement) -> None:
    """Take out of `tree`, in place, the elements that never hold article text.

    The head and its scripts go too: read the metadata first.
    """
    etree.strip_elements(tree, *_NEVER_TEXT.split(), with_tail=False)


def _count(query: etree.XPath, tree: HtmlElement) -> int:
    found = query(tree)
    return int(found) if isinstance(found, float) else 0


@lru_cache(maxsize=4)
def _deeper_than(depth: int) -> etree.XPath:
    """Return a query whether a tree has an element below `depth` levels; it runs in C."""
    return etree.XPath("boolean(/" + "/".join("*" * (depth + 1)) + ")")
