"""What the letters of words say, for a model whose vocabulary knows no capitals."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LOWER, TITLE, CAPITAL, UPPER, MIXED, AMOUNT, SIGN, HYPHEN, CASELESS = range(9)
CASE_COUNT = 9
_AMOUNTS = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_WORDS_KEPT = 65_536
_SMALL = np.array([case in {LOWER, SIGN, HYPHEN} for case in range(CASE_COUNT)])


@lru_cache(_WORDS_KEPT)
def case_of(word: str) -> int:
    """Return the class of `word`, which is not empty, below `CASE_COUNT`.

    "said" is LOWER, "Iran" TITLE, "A" CAPITAL, "UN" UPPER, "McKay" and "iPhone" MIXED, "2023",
    "7th" and "million" AMOUNT, "," SIGN; words of scripts without capitals are CASELESS.
    """
    first = word[0]
    if first.isdigit() or word in _AMOUNTS:
        return AMOUNT
    if not first.isalpha():
        return HYPHEN if word in _HYPHENS else SIGN
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITAL
    if first.isupper() and not any(map(str.isupper, word[1:])):
        return TITLE
    return MIXED if word.upper() != word.lower() else CASELESS


def near_names(cases: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which words may belong to a name: all that are not small, and their neighbours.

    A name's own small words lie between its others ("Bank of the North"), but for what a hyphen
    joins ("Jae-in", "al-Qaeda") and the word after an amount ("5 million yuan").
    """
    kept = _widen(~_SMALL[cases])
    for _ in range(2):  # "Chan-o-cha"
        kept |= _widen(kept & (cases == HYPHEN))
    return kept


def _widen(kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    wide = kept.copy()
    wide[1:] |= kept[:-1]
    wide[:-1] |= kept[1:]
    return wide
