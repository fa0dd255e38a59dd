"""How a new version of an article differs from the one before it, in a word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Literal

from etl.dedup.differences import Difference
from etl.dedup.signs import REMEMBERED
from etl.dedup.site_words import NOTICES
from etl.words import normalize, tokenize

Change = Literal["cosmetic", "correction", "update", "rewrite"]

_CORRECTED_SIMILARITY = 0.8
_REWRITTEN_SIMILARITY = 0.5
_RETRACTED_SENTENCES = 2
_MISSPELT_CHARS = 8
# Signs that say as much as a word: "5 %" is not "5", "€5" not "$5", and a question no statement.
_MINUS = re.compile(r"(?<![\w-])[-\u2212](?=[0-9])")
_SPEAKING = frozenset("%\u2030\u00b0?\u061f")


def classify_change(
    old_text: str,
    new_text: str,
    differences: Sequence[Difference],
    *,
    around: tuple[str, str] = ("", ""),
) -> Change:
    """Return what kind of change leads from the old version to the new one.

    cosmetic: the same words, differently spaced, cased or punctuated, or a slip in a long word put
    right. correction: sentences (the title is one) were put in other words, or at most two taken
    out, none added but a notice of correction. rewrite: less than half of the text is the old.
    update: anything between.

    Args:
        old_text: of the version before.
        new_text: of the version after.
        differences: between the two, titles included (`find_differences`).
        around: what stands before and behind both in their articles (`stretches.find_stretch`).
    """
    is_recut = _speak_alike(old_text, new_text)
    told = [
        one for one in differences
        if not _is_cosmetic(one) and not (is_recut and one.field == "text")
    ]  # fmt: skip
    if not told:
        return "cosmetic"
    alike = find_similarity(old_text, new_text, around=around)
    if alike < _REWRITTEN_SIMILARITY:
        return "rewrite"
    added = [one for one in told if one.kind == "added" and not _is_notice(one.now or "")]
    removed = [one for one in told if one.kind == "removed"]
    is_corrected = not added and len(removed) <= _RETRACTED_SENTENCES
    return "correction" if is_corrected and alike >= _CORRECTED_SIMILARITY else "update"


def find_similarity(old_text: str, new_text: str, *, around: tuple[str, str] = ("", "")) -> float:
    """Return the share of neighbouring word pairs two texts have in common (Dice), 0 to 1.

    `around` is what stands before and behind both: its pairs are in common.
    """
    before, behind = map(_tokens, around)
    edges = (before[-1] if before else "", behind[0] if behind else "")
    sides = [Counter(text.split("\n")) for text in (old_text, new_text)]
    # What is on both sides adds to both and to what they share: pairs within the same lines need
    # not be counted one by one, and most lines are the same.
    same = sides[0] & sides[1]
    known = len(before) + len(behind) + sum(
        times * max(0, len(_tokens_of_line(line)) - 1) for line, times in same.items()
    )  # fmt: skip
    pairs, others = (
        _count_pairs(text, side - same, edges)
        for text, side in zip((old_text, new_text), sides, strict=True)
    )
    total = 2 * known + pairs.total() + others.total()
    return 2 * (known + (pairs & others).total()) / total if total else 1.0


def _count_pairs(
    text: str, lines: Counter[str], edges: tuple[str, str]
) -> Counter[tuple[str, str]]:
    """Count neighbours within `lines` of a text, and where any of its lines meet.

    The edges pair with "" so that a text of one word has pairs too.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines.elements():
        words = _tokens_of_line(line)
        pairs.update(pairwise(words))
    last = edges[0]
    for words in map(_tokens_of_line, text.split("\n")):
        if words:
            pairs[last, words[0]] += 1
            last = words[-1]
    if last or edges[1]:
        pairs[last, edges[1]] += 1
    return pairs


def _tokens(text: str) -> list[str]:
    """Return the words of a text; no word reaches beyond its line."""
    return [token for line in text.split("\n") for token in _tokens_of_line(line)]


@lru_cache(REMEMBERED)
def _tokens_of_line(line: str) -> tuple[str, ...]:
    return _tokens_of_folded(normalize(line))


@lru_cache(REMEMBERED)
def _tokens_of_folded(line: str) -> tuple[str, ...]:
    return tuple(tokenize(line))


def _is_notice(sentence: str) -> bool:
    """Say if a sentence announces a correction: "Correction: ..."."""
    label = sentence.partition(":")[0]
    return " ".join(_tokens(label)) in NOTICES


def _is_cosmetic(difference: Difference) -> bool:
    if difference.kind == "churn":
        return True
    if difference.was is None or difference.now is None:
        return not _tokens(difference.was or difference.now or "")
    old, new = _speaking(difference.was), _speaking(difference.now)
    if old == new or "".join(old) == "".join(new):
        return True
    slips = [(was, now) for was, now in zip(old, new, strict=False) if was != now]
    if len(old) != len(new) or not all(is_slip(was, now) for was, now in slips):
        return False
    # A name spelt otherwise may be another's; so may whatever else is written with a capital.
    names = _capitals(difference.was) | _capitals(difference.now)
    return not any({was, now} & names for was, now in slips)


def _capitals(sentence: str) -> set[str]:
    return {normalize(word) for word in tokenize(sentence) if word[:1].isupper()}


def _speak_alike(old_text: str, new_text: str) -> bool:
    """Say if two texts are the same words and signs, wherever their lines end."""
    sides = (
        (word for line in text.split("\n") for word in _speaking(line))
        for text in (old_text, new_text)
    )
    return all(was == now for was, now in zip_longest(*sides))


@lru_cache(REMEMBERED)
def _speaking(sentence: str) -> tuple[str, ...]:
    """Return the words of a sentence, and the signs that say as much as words."""
    folded = _MINUS.sub(" minus ", normalize(sentence))
    # Asked of each sign once: a text has sixty different ones, and five thousand in all.
    signs = {ord(sign): f" sign{ord(sign)} " for sign in set(folded) if _speaks(sign)}
    return tuple(tokenize(folded.translate(signs))) if signs else _tokens_of_folded(folded)


def _speaks(sign: str) -> bool:
    return sign in _SPEAKING or unicodedata.category(sign) == "Sc"


def is_slip(was: str, now: str) -> bool:
    """Return whether two words differ by a letter slipped, as "goverment" and "government" do.

    Only long words, and not at their first letter: short ones have neighbours that mean something
    else (county and country, now and not), and so have prefixes and millions and billions.
    """
    longer = max(len(was), len(now))
    if longer < _MISSPELT_CHARS or was[:1] != now[:1] or not (was.isalpha() and now.isalpha()):
        return False
    start = next((at for at, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1]),
                 min(len(was), len(now)))  # fmt: skip
    was_rest, now_rest = was[start:], now[start:]
    is_swapped = was_rest[:2] == now_rest[1::-1] and was_rest[2:] == now_rest[2:]
    # A letter more or less at the end is grammar: one minister or several.
    is_inside = len(was_rest) > 1 and len(now_rest) > 1
    return is_swapped or (
        is_inside
        and (was_rest[1:] == now_rest or was_rest == now_rest[1:] or was_rest[1:] == now_rest[1:])
    )
