"""Whether a page found at another address is the same article still."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from etl.dedup.compare import find_similarity
from etl.words import normalize, tokenize

SAME_TEXT = 0.5
"""Word pairs in common (Dice), from which a text is the old one, edited."""

SAME_STORY = 0.2
"""The same under an unchanged headline: rewritten, yet about the same."""

HELD_TEXT = 0.8
"""Share of the old text's word pairs that stand in a text that grew."""

MOST_GROWN = 4
"""A page more than so many times as long holds many texts: a section, a home page."""

_TELLING_WORDS = 4


def find_move_evidence(old_title: str, old_text: str, new_title: str, new_text: str) -> str | None:
    """Return what says that a page is the article its entry led to before, None if nothing does.

    A redirect to the home page, to a section or to another story shares too little with it.
    """
    old, new = _tokens(old_text), _tokens(new_text)
    if not old or not new or len(new) > MOST_GROWN * len(old):
        return None
    alike = find_similarity(old_text, new_text)
    if alike >= SAME_TEXT:
        return f"{alike:.0%} of the text is the same"
    held = _count_held(old, new)
    if held >= HELD_TEXT:
        return f"{held:.0%} of the old text stands in the new one"
    title = _tokens(old_title)
    if alike >= SAME_STORY and len(title) >= _TELLING_WORDS and title == _tokens(new_title):
        return f"the same headline, and {alike:.0%} of the text is the same"
    return None


def _count_held(old: list[str], new: list[str]) -> float:
    pairs = Counter(pairwise(old))
    held = pairs & Counter(pairwise(new))
    return held.total() / pairs.total() if pairs else 0.0


def _tokens(text: str) -> list[str]:
    return tokenize(normalize(text))
