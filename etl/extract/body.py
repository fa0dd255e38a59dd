"""The article's paragraphs, boilerplate left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import trafilatura
from lxml.html import HtmlElement, fragment_fromstring

from etl.extract.jsonld import as_text
from etl.extract.metadata import Declared, clean
from etl.extract.phrases import FURNITURE, RELATED, key_of
from etl.extract.quality import weigh_chars
from etl.extract.thin import thin
from etl.rulesets import EXTRACTOR

# Below this the quick pass may have found a teaser only; measured on news pages: the second pass
# changed 6 of 130 texts, all of them shorter than this.
_DOUBTFUL_CHARS = 700
_DOUBTFUL_SHARE = 0.5
_PARAGRAPH_CHARS = 60
_LINKED_SHARE = 0.4
_TEASER_LINE_CHARS = 140
_BULLET = re.compile(r"^[-*•]\s+")
_RULE_ROW = re.compile(r"^\|?[\s|:-]*-{3}[\s|:-]*$")
_BLOCK_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li)\b[^<>]{0,500}>|\n\s{0,99}\n", re.IGNORECASE)


class Body(NamedTuple):
    """The paragraphs in the page's order, and what found them."""

    paragraphs: tuple[str, ...]
    extractor: str


def extract_body(tree: HtmlElement, declared: Declared, *, title: str, min_chars: int) -> Body:
    """Return the paragraphs of the article in `tree`; none where nothing reads like one.

    Where the extractor finds less than `min_chars`, the JSON-LD body is taken, then the element
    that has most of the page's long paragraphs. Neither is looked at otherwise: they hold
    captions and teasers more often than they hold what the extractor missed.
    """
    name = f"trafilatura-{trafilatura.__version__}/{EXTRACTOR}"
    best = Body(tidy_lines(_extract(tree), title), name)
    if _weigh(best) >= min_chars:
        return best
    stated = declared.node.get("articleBody")
    for other in (
        Body(tidy_lines(_split_stated(as_text(stated) or ""), title), f"json-ld/{EXTRACTOR}"),
        Body(tidy_lines(find_densest(tree), title), f"paragraphs/{EXTRACTOR}"),
    ):
        if _weigh(other) > 2 * _weigh(best):
            return other
    return best


def find_densest(tree: HtmlElement) -> list[str]:
    """Return the long paragraphs of the element that directly holds most text in paragraphs."""
    groups: dict[Any, list[str]] = {}
    for paragraph in tree.iter("p"):
        text = paragraph.text_content()
        linked = sum(len(link.text_content()) for link in paragraph.iter("a"))
        if len(text) >= _PARAGRAPH_CHARS and linked <= len(text) * _LINKED_SHARE:
            groups.setdefault(paragraph.getparent(), []).append(text)
    return max(groups.values(), key=lambda texts: sum(map(len, texts)), default=[])


def _extract(tree: HtmlElement) -> list[str]:
    """Return the lines trafilatura finds: its quick pass, or all of it where that is doubtful."""
    quick = _run(thin(tree), is_quick=True)
    size = len(quick)
    dense = sum(map(len, find_densest(tree)))
    if size < _DOUBTFUL_CHARS or size < dense * _DOUBTFUL_SHARE:
        return _run(tree, is_quick=False).split("\n")
    return quick.split("\n")


def _run(tree: HtmlElement, *, is_quick: bool) -> str:
    """Return what trafilatura extracts from `tree`, which it copies; "" where it finds nothing.

    Precision is the setting for news. `deduplicate` would make a page's text depend on the pages
    before it.
    """
    document: Any = trafilatura.bare_extraction(
        tree,
        favor_precision=True,
        fast=is_quick,
        include_comments=False,
        deduplicate=False,
        with_metadata=False,
    )
    return str(document.text or "") if document is not None else ""


def _split_stated(text: str) -> list[str]:
    """Return the paragraphs of a JSON-LD body, which may be HTML or text with line ends."""
    if "<" in text and _BLOCK_MARKUP.search(text):
        root = fragment_fromstring(_BLOCK_MARKUP.sub("\n\n", text), create_parent="div")
        text = root.text_content()
    return text.split("\n")


def tidy_lines(lines: Iterable[str], title: str) -> tuple[str, ...]:
    """Return `lines` as paragraphs: table rows joined, bullets, title and furniture left out."""
    heading = key_of(title)
    paragraphs: list[str] = []
    was_row = False
    for line in lines:
        is_row = line.lstrip().startswith("|")
        text = _read_row(line) if is_row else clean(_BULLET.sub("", line.strip()))
        if not text:
            continue
        if is_row and was_row:
            paragraphs[-1] += f"\n{text}"
        elif not _is_furniture(text, heading):
            paragraphs.append(text)
        else:
            continue
        was_row = is_row
    return _cut_related(paragraphs)


def _read_row(line: str) -> str | None:
    """Return a table row's cells, separated by bars; None for an empty or a ruling row."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return None if _RULE_ROW.match(line.strip()) else " | ".join(filter(None, cells)) or None


def _is_furniture(text: str, heading: str) -> bool:
    if len(text) > 2 * len(heading) + _PARAGRAPH_CHARS:
        return False
    key = key_of(text)
    return not key or key == heading or key in FURNITURE


def _cut_related(paragraphs: list[str]) -> tuple[str, ...]:
    """Return `paragraphs` up to a heading over links to other articles that closes the text.

    Only if no prose follows: the same heading stands over boxes in the middle of articles.
    """
    end = len(paragraphs)
    for place in range(len(paragraphs) - 1, 0, -1):
        text = paragraphs[place]
        if len(text) > _TEASER_LINE_CHARS:
            break
        if len(text) < _PARAGRAPH_CHARS and key_of(text) in RELATED:
            end = place
    return tuple(paragraphs[:end])


def _weigh(body: Body) -> int:
    return sum(map(weigh_chars, body.paragraphs))
