"""The article's paragraphs, boilerplate left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import trafilatura
from lxml.html import HtmlElement

from etl.extract.blocks import find_text
from etl.extract.metadata import Declared
from etl.extract.quality import weigh_chars
from etl.extract.readings import find_densest, read_stated
from etl.extract.states import read_states
from etl.extract.tidying import tidy_lines
from etl.rulesets import EXTRACTOR


class Body(NamedTuple):
    """The paragraphs in the page's order, and what found them."""

    paragraphs: tuple[str, ...]
    extractor: str


def extract_body(tree: HtmlElement, declared: Declared, *, title: str, min_chars: int) -> Body:
    """Return the paragraphs of the article in `tree`; none where nothing reads like one.

    The forest chooses among the page's blocks (`blocks.find_text`). Where that comes to less than
    `min_chars`, the JSON-LD body is taken, then what the page's scripts are handed, then the
    element that has most of the page's long paragraphs. None is looked at otherwise: they hold
    captions and teasers more often than they hold what was missed.
    """
    name = f"trafilatura-{trafilatura.__version__}+blocks/{EXTRACTOR}"
    best = Body(tidy_lines(find_text(tree, declared, title=title), title), name)
    if _weigh(best) >= min_chars:
        return best
    others: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("json-ld", lambda: read_stated(declared)),
        ("page-state", lambda: read_states(declared.states)),
        ("paragraphs", lambda: find_densest(tree)),
    )
    for source, read in others:
        other = Body(tidy_lines(read(), title), f"{source}/{EXTRACTOR}")
        if _weigh(other) > 2 * _weigh(best):
            return other
    return best


def _weigh(body: Body) -> int:
    return sum(map(weigh_chars, body.paragraphs))
