"""The article's paragraphs, boilerplate left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import trafilatura
from lxml.html import HtmlElement

from etl.extract.blocks import find_text, read_selected
from etl.extract.metadata import Declared
from etl.extract.quality import weigh_chars
from etl.extract.readings import find_densest, read_stated
from etl.extract.states import continues, read_states
from etl.extract.tidying import tidy_lines
from etl.rulesets import EXTRACTOR

_TEASER_CHARS = 1_500
_MORE = 2


class Body(NamedTuple):
    """The paragraphs in the page's order, and what found them."""

    paragraphs: tuple[str, ...]
    extractor: str


def extract_body(
    tree: HtmlElement, declared: Declared, *, title: str, min_chars: int, text_in: str | None = None
) -> Body:
    """Return the paragraphs of the article in `tree`; none where nothing reads like one.

    What the user's selector `text_in` finds is the text, if it is no less than `min_chars`. Else
    the forest chooses among the page's blocks (`blocks.find_text`). Where that comes to less than
    `min_chars`, the JSON-LD body is taken, then what the page's scripts are handed, then the
    element that has most of the page's long paragraphs. Where it comes to no more than a teaser,
    either of the first two is taken only if it goes on from there: they hold captions and teasers
    more often than they hold what was missed.
    """
    if text_in:
        selected = Body(tidy_lines(read_selected(tree, text_in), title), f"selector/{EXTRACTOR}")
        if _weigh(selected) >= min_chars:
            return selected
    name = f"trafilatura-{trafilatura.__version__}+blocks/{EXTRACTOR}"
    best = Body(tidy_lines(find_text(tree, declared, title=title), title), name)
    if _weigh(best) >= max(min_chars, _TEASER_CHARS):
        return best
    known = best.paragraphs if _weigh(best) >= min_chars else ()
    others: list[tuple[str, Callable[[], list[str]]]] = [
        ("json-ld", lambda: read_stated(declared)),
        ("page-state", lambda: read_states(declared.states, known)),
    ]
    if not known:
        others.append(("paragraphs", lambda: find_densest(tree)))
    for source, read in others:
        other = Body(tidy_lines(read(), title), f"{source}/{EXTRACTOR}")
        if _weigh(other) > _MORE * _weigh(best) and continues(other.paragraphs, known):
            return other
    return best


def _weigh(body: Body) -> int:
    return sum(map(weigh_chars, body.paragraphs))
