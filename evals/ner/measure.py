"""Precision, recall and F1 of spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from evals.ner.bio import Spans

Pair = tuple[Spans | frozenset[tuple[int, int, str]], Spans]

COARSE = {
    "PERSON": "PER", "PER": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC",
    "NORP": "MISC", "MISC": "MISC", "PRODUCT": "MISC", "EVENT": "MISC", "WORK": "MISC",
}  # fmt: skip
"""The four types of CoNLL 2003; dates and sums are none of them."""


def to_coarse(spans: Iterable[tuple[int, int, str]]) -> Spans:
    """Return `spans` in the four types."""
    return {(first, last, COARSE[kind]) for first, last, kind in spans if kind in COARSE}


def score(pairs: Iterable[Pair]) -> dict[str, Any]:
    """Return micro figures in percent, those of each type, and of spans whatever their type."""
    right, found, there = Counter[str](), Counter[str](), Counter[str]()
    for gold, ours in pairs:
        for counter, spans in ((right, gold & ours), (found, ours), (there, gold)):
            counter.update(kind for *_, kind in spans)
            counter["all"] += len(spans)
        bare = {(a, b) for a, b, _ in gold}, {(a, b) for a, b, _ in ours}
        right["boundary"] += len(bare[0] & bare[1])
        found["boundary"] += len(bare[1])
        there["boundary"] += len(bare[0])
    return {
        kind: _figures(right[kind], found[kind], there[kind])
        for kind in ("all", "boundary", *sorted(set(there) - {"all", "boundary"}))
    }


def _figures(right: int, found: int, there: int) -> dict[str, Any]:
    return {
        "p": round(100 * right / found, 2) if found else 0.0,
        "r": round(100 * right / there, 2) if there else 0.0,
        "f1": round(200 * right / (found + there), 2) if found + there else 0.0,
        "gold": there,
    }
