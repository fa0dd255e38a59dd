"""Which blocks of a page are in its gold text."""

from __future__ import annotations

from collections import Counter

from etl.words import tokenize

Gram = tuple[str, ...]
_GRAM = 4
_LONG_WORDS = 6
_MOST = 0.5


def label_blocks(texts: list[str], gold: str) -> list[bool]:
    """Return for each block of a page whether it is in `gold`.

    A long one is if half of its word 4-grams are there and not taken by one before it; what says
    the same again is what the first is. A short one is if its words stand there between those of
    the blocks around it.
    """
    blocks = [tuple(tokenize(text)) for text in texts]
    grams = Counter(_cut_grams(tuple(tokenize(gold))))
    is_in = _label_long(blocks, Counter(grams))
    for place, words in enumerate(blocks):
        if 0 < len(words) < _LONG_WORDS:
            before = next((blocks[n] for n in range(place - 1, -1, -1) if is_in[n]), ())
            after = next((blocks[n] for n in range(place + 1, len(blocks)) if is_in[n]), ())
            is_in[place] = _stands_between(before[1 - _GRAM :], words, after[: _GRAM - 1], grams)
    return is_in


def _label_long(blocks: list[Gram], left: Counter[Gram]) -> list[bool]:
    is_in = [False] * len(blocks)
    known: dict[Gram, bool] = {}
    for place, words in enumerate(blocks):
        if len(words) < _LONG_WORDS:
            continue
        if words not in known:
            own = Counter(_cut_grams(words))
            hits = sum(min(count, left[gram]) for gram, count in own.items())
            known[words] = hits >= _MOST * own.total()
            if known[words]:
                left.subtract({gram: min(count, left[gram]) for gram, count in own.items()})
        is_in[place] = known[words]
    return is_in


def _stands_between(before: Gram, words: Gram, after: Gram, grams: Counter[Gram]) -> bool:
    within = _cut_grams(before + words + after)
    hits = sum(gram in grams for gram in within)
    without = sum(gram in grams for gram in _cut_grams(before + after))
    return bool(within) and hits > _MOST * len(within) and hits > without


def _cut_grams(words: Gram) -> list[Gram]:
    return [words[n : n + _GRAM] for n in range(len(words) - _GRAM + 1)]
