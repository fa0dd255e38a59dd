"""How a new version of an article differs from the one before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from etl.words import normalize, split_sentences, tokenize

Change = Literal["cosmetic", "correction", "update", "rewrite"]

_CORRECTED_SENTENCES = 2
_CORRECTED_SIMILARITY = 0.8
_REWRITTEN_SIMILARITY = 0.5


def classify_change(old_text: str, new_text: str, old_title: str, new_title: str) -> Change:
    """Return what kind of change leads from the old version to the new one.

    cosmetic: the same words, differently spaced, cased or punctuated. correction: at most two
    sentences (the title is one) are new or gone, and the texts share most of their word pairs.
    rewrite: they share less than half of them. update: anything between.
    """
    old, new = _tokens(old_text), _tokens(new_text)
    titles_agree = _tokens(old_title) == _tokens(new_title)
    if old == new and titles_agree:
        return "cosmetic"
    alike = find_similarity(old, new)
    if alike < _REWRITTEN_SIMILARITY:
        return "rewrite"
    changed = _count_changed(old_text, new_text) + (not titles_agree)
    if changed <= _CORRECTED_SENTENCES and alike >= _CORRECTED_SIMILARITY:
        return "correction"
    return "update"


def find_similarity(old: Sequence[str], new: Sequence[str]) -> float:
    """Return the share of neighbouring word pairs two texts have in common (Dice), 0 to 1."""
    pairs, others = _count_pairs(old), _count_pairs(new)
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 1.0


def _count_pairs(tokens: Sequence[str]) -> Counter[tuple[str, str]]:
    """Count neighbours; the edges pair with "" so that a text of one word has pairs too."""
    return Counter(zip(("", *tokens), (*tokens, ""), strict=True)) if tokens else Counter()


def _count_changed(old_text: str, new_text: str) -> int:
    """Return how many sentences are new, or gone, whichever are more."""
    old, new = _count_sentences(old_text), _count_sentences(new_text)
    return max((new - old).total(), (old - new).total())


def _count_sentences(text: str) -> Counter[str]:
    pieces = (" ".join(_tokens(text[start:end])) for start, end in split_sentences(text))
    return Counter(piece for piece in pieces if piece)


def _tokens(text: str) -> list[str]:
    return tokenize(normalize(text))
