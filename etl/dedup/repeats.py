"""Paragraphs that stand in one article more than once."""

from __future__ import annotations

from collections.abc import Sequence

from etl.records import Repeat


def find_repeats(paragraphs: Sequence[Sequence[str]], *, min_words: int) -> tuple[Repeat, ...]:
    """Return which of `paragraphs`, given as normalised tokens, stood before.

    The first of them stays. Paragraphs of fewer than `min_words` words are never repeats: "No."
    may well be said twice.
    """
    first: dict[str, int] = {}
    repeats = []
    for place, tokens in enumerate(paragraphs):
        if len(tokens) < min_words:
            continue
        earlier = first.setdefault(" ".join(tokens), place)
        if earlier != place:
            repeats.append(Repeat(paragraph=place, first=earlier))
    return tuple(repeats)
