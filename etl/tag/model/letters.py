"""What the letters of a word say, for a model whose vocabulary knows no capitals."""

from __future__ import annotations

from functools import lru_cache

LOWER, TITLE, CAPITAL, UPPER, MIXED, DIGITS, SIGN, CASELESS = range(8)
CASE_COUNT = 8
_WORDS_KEPT = 65_536


@lru_cache(_WORDS_KEPT)
def case_of(word: str) -> int:
    """Return the class of `word`, which is not empty, below `CASE_COUNT`.

    "said" is LOWER, "Iran" TITLE, "A" CAPITAL, "UN" UPPER, "McKay" and "G20s" MIXED, "2023" and
    "7th" DIGITS, "," SIGN, and words of scripts without capitals are CASELESS.
    """
    first = word[0]
    if first.isdigit():
        return DIGITS
    if not first.isalpha():
        return SIGN
    if word.islower():
        return LOWER
    if first.isupper():
        rest = word[1:]
        if not rest:
            return CAPITAL
        if rest.islower() or not rest.isalpha() and not rest.isupper():
            return TITLE
    if word.isupper():
        return UPPER
    return MIXED if word.upper() != word.lower() else CASELESS
