"""A page's tree without what no article is in: every query of the extractor pays for it."""

from __future__ import annotations

from copy import copy
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

# The extractor deletes these, with all that is in them, after its first queries.
_DELETED = """
    aside blink fencedframe fieldset footer frame frameset label legend marquee menu menuitem
    noindex optgroup option output rp rt rtc time
"""
# Of these it reads the text only.
_UNWRAPPED = """
    abbr acronym address bdi bdo big cite data dfn font hgroup img ins mark meta nobr ruby small
    tbody tfoot thead wbr
"""
# Not lists: where one goes, the "Related:" before it stays behind as a paragraph.
_BLOCKS = frozenset({"div", "section"})
_DROPPED = "dropped"
_WITH_TEXT = etree.XPath("//*[text()[normalize-space()]]")


def thin(tree: HtmlElement) -> HtmlElement:
    """Return a copy of `tree` without what the extractor deletes and blocks that are all links.

    Half of a news page's elements are in neither. Text that follows such an element is kept.
    """
    thinned = copy(tree)
    etree.strip_elements(thinned, *_DELETED.split(), with_tail=False)
    etree.strip_tags(thinned, *_UNWRAPPED.split())
    prose, linked = _find_texts(thinned)
    for block in linked - prose:
        if block.tag in _BLOCKS and block.getparent() in prose:
            block.tag = _DROPPED
    etree.strip_elements(thinned, _DROPPED, with_tail=False)
    return thinned


def _find_texts(tree: HtmlElement) -> tuple[set[Any], set[Any]]:
    """Return the elements that have text outside links, and those that have text in links.

    Each is climbed through at most twice, however deep the tree is.
    """
    prose: set[Any] = {tree}
    linked: set[Any] = {tree}
    inside: set[Any] = set()
    texts: Any = _WITH_TEXT(tree)
    for start in texts:
        element, found, climbed = start, prose, []
        while element not in found and element not in inside:
            climbed.append(element)
            if element.tag == "a":
                found = linked
                inside.update(climbed)
            element = element.getparent()
        if element in inside:
            found = linked
            inside.update(climbed)
        found.update(climbed)
    return prose, linked
