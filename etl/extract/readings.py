"""What a page's text is by other readings of it: the extractor's, and what the page states."""

from __future__ import annotations

from typing import Any

import trafilatura
from lxml.html import HtmlElement

from etl.extract.jsonld import as_text
from etl.extract.markup import split_markup
from etl.extract.metadata import Declared
from etl.extract.thin import thin

_PARAGRAPH_CHARS = 60
_LINKED_SHARE = 0.4


def read_extractor(tree: HtmlElement) -> str:
    """Return the lines that trafilatura takes for the article; "" where it finds nothing.

    Its quick pass in precision, the setting for news. Its other modes, and what it falls back on,
    cost two to three times as much, and the forest that weighs them does no better (measured out
    of fold). `deduplicate` would make a page's text depend on the pages before it.
    """
    document: Any = trafilatura.bare_extraction(
        thin(tree),
        favor_precision=True,
        fast=True,
        include_comments=False,
        deduplicate=False,
        with_metadata=False,
    )
    return str(document.text or "") if document is not None else ""


def read_stated(declared: Declared) -> list[str]:
    """Return the lines of the page's JSON-LD body, none where it has none."""
    return split_markup(as_text(declared.node.get("articleBody")) or "")


def read_summary(declared: Declared) -> str:
    """Return what the page says it is about, a line each time it says so."""
    said = [declared.meta.get(name) for name in ("og:description", "description")]
    said.append(as_text(declared.node.get("description")))
    return "\n".join(filter(None, said))


def find_densest(tree: HtmlElement) -> list[str]:
    """Return the long paragraphs of the element that directly holds most text in paragraphs."""
    groups: dict[Any, list[str]] = {}
    for paragraph in tree.iter("p"):
        text = paragraph.text_content()
        linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
        if len(text) >= _PARAGRAPH_CHARS and linked <= len(text) * _LINKED_SHARE:
            groups.setdefault(paragraph.getparent(), []).append(text)
    return max(groups.values(), key=lambda texts: sum(map(len, texts)), default=[])
