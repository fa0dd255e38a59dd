"""Is it an article: refusals with their figures, and what is flagged."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from etl.extract.jsonld import as_text
from etl.extract.kinds import find_other_kind
from etl.extract.metadata import Declared, read_is_paywalled, says_it_is_free
from etl.extract.phrases import MISSING, PROMPTS, WALLS
from etl.outcomes import Reason
from etl.records import Rejected
from etl.words import count_words, normalize

WIDE_WEIGHT = 3
"""What a Han, kana or Hangul letter counts for: it says about as much as three Latin ones."""

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ENDS_CUT = re.compile(r"(?:\u2026|\.\.\.|\[\u2026\]|\[\.\.\.\])[\"'\u201d\u2019\u00bb)]?$")
_ENDS_WHOLE = re.compile(r"[.!?\u3002\uff01\uff1f\u0964\u061f][\"'\u201d\u2019\u00bb)\u300d]?$")
_WALL_CHARS = 800
_WALLS_MAX = 8
_NAME_CHARS = 200
# Piano (once Tinypass), Poool, Leaky Paywall and Zephr sell them; most others are called walls.
_WALL_NAME = re.compile(
    r"(?:pay|reg|meter|premium|subscri[a-z]*)[-_]?(?:wall|barrier)|"
    r"\b(?:piano|tp-container|poool|zephr)",
    re.IGNORECASE,
)
_MISSING_CHARS = 1_000
_TEASER_CHARS = 1_200
_SEARCHED_CHARS = 4_000


def weigh_chars(text: str) -> int:
    """Return the length of `text` in code points, wide letters weighed by `WIDE_WEIGHT`."""
    return len(text) + (WIDE_WEIGHT - 1) * len(_WIDE.findall(text))


def find_refusal(
    declared: Declared, *, title: str, text: str, tree: HtmlElement, min_chars: int
) -> Rejected | None:
    """Return why the page that `declared` is of has no article, or None."""
    if refused := _find_wall(declared, title, text, tree, min_chars):
        return refused
    if refused := find_other_kind(declared, text_chars=weigh_chars(text)):
        return refused
    return find_lack(title=title, text=text, min_chars=min_chars)


def find_lack(*, title: str, text: str, min_chars: int) -> Rejected | None:
    """Return what an article lacks, text or a title; None where it has both."""
    size = weigh_chars(text)
    if size < min_chars:
        return Rejected(reason=Reason.TOO_SHORT, detail=f"{size} < {min_chars} chars")
    if not title:
        return Rejected(reason=Reason.NO_TITLE, detail=f"{size} chars without a title")
    return None


def is_cut(text: str) -> bool:
    """Return whether `text` ends with an ellipsis."""
    return _ENDS_CUT.search(text) is not None


def is_paywalled(declared: Declared, tree: HtmlElement) -> bool:
    """Return whether the article is sold: its publisher says so, or a wall stands in the page.

    A wall is an element called one that asks for a subscription. The scripts of those who sell
    walls say nothing, they are on every page of a site; neither do walls of what is declared free.
    """
    if read_is_paywalled(declared):
        return True
    if says_it_is_free(declared):
        return False
    walls = (
        one
        for one in tree.iter("div", "section", "aside")
        if _WALL_NAME.search(f"{one.get('class')} {one.get('id')}"[:_NAME_CHARS])
    )
    return any(
        PROMPTS.search(normalize(wall.text_content()[:_WALL_CHARS]))
        for wall in islice(walls, _WALLS_MAX)
    )


def is_truncated(text: str, declared: Declared, tree: HtmlElement) -> bool:
    """Return whether the page shows only the start of its article.

    It is no longer than a teaser, or half as long as the page promises, and either it stops with
    an ellipsis, or the page asks for a subscription and something else agrees. That a publisher
    sells the article is no sign by itself: metered pages often carry all of it.
    """
    promised = as_text(declared.node.get("wordCount")) or ""
    whole = int(promised) if promised.isdecimal() and len(promised) < len("1000000") else 0
    is_half = whole > 0 and whole > 2 * count_words(text)
    if weigh_chars(text) >= _TEASER_CHARS and not is_half:
        return False
    if is_cut(text):
        return True
    agrees = is_half or is_paywalled(declared, tree) or not _ENDS_WHOLE.search(text)
    return agrees and bool(PROMPTS.search(normalize(tree.text_content())))


def _find_wall(
    declared: Declared, title: str, text: str, tree: HtmlElement, min_chars: int
) -> Rejected | None:
    """Return a refusal if the page is a consent or robot wall, or says it is missing.

    Only where there is little text, and where there is some, only by a title that says little
    else: articles about captchas and security checks exist.
    """
    size = weigh_chars(text)
    titles = [normalize(one) for one in (title, declared.title_tag) if one]
    walls: list[re.Match[str]] = []
    if size < min_chars:
        page = normalize(f"{text} {tree.text_content()[:_SEARCHED_CHARS]}")
        walls = [found for one in (*titles, page) if (found := WALLS.search(one))]
    elif size < _WALL_CHARS:
        walls = [
            found
            for one in titles
            if (found := WALLS.search(one)) and 2 * len(found.group()) >= len(one)
        ]
    lost = [found for one in titles if size < _MISSING_CHARS and (found := MISSING.search(one))]
    if not lost and not walls:
        return None
    reason = Reason.NOT_AN_ARTICLE if lost else Reason.BLOCKED
    return Rejected(reason=reason, detail=f'"{(lost or walls)[0].group()}", {size} chars of text')
