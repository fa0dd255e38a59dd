"""Which pairs have too little in common to be duplicates, told without aligning them.

Most articles that share one sampled 5-gram share it by chance, the more of them the larger the
warehouse: of 175,000 articles each of a batch met one or two, and comparing these took longer than
all else of finding duplicates. What `may_repeat` tells is sure: aligned, such a pair would be none
either.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.dedup.alignment import LEAST_RUN
from etl.dedup.shingles import LARGEST_KEY
from etl.dedup.sketch import BREAK
from etl.dedup.verdict import LEAST_COMMON
from etl.records import Sketch

Runs = NDArray[np.uint64]

FEW_KEYS: Final = 16
"""An article of as many keys or fewer, some 250 words, may share a single 5-gram with its copy."""

GRAM_WEIGHT: Final = 2
PARAGRAPH_WEIGHT: Final = 3
TELLING_WEIGHT: Final = 2 * GRAM_WEIGHT
"""Any two keys tell; alone, a paragraph says more than a 5-gram, which only short articles may
share. Of labelled pairs of long ones one in 2,500 has less."""

CHANCE_DAYS: Final = 60
"""Two that share one key alone were published as many days apart or fewer, where both have a date:
of ten million articles, each shares a key with one of any year."""

_LEAST_GRAMS: Final = -(-LEAST_COMMON // LEAST_RUN)
"""A run of n words in common has n - 3 4-grams in common: a quarter of its words, or more."""


def weigh_key(key: int) -> int:
    """Return how much a key in common says: a paragraph more than a 5-gram."""
    return PARAGRAPH_WEIGHT if key > LARGEST_KEY else GRAM_WEIGHT


def is_candidate(weight: int, *, keys: int, days_apart: int | None) -> bool:
    """Return whether a pair is worth comparing.

    Args:
        weight: of the keys in common that are not hot, added up.
        keys: of the article that has fewer, hot ones too, so that it says the same of a pair
            whatever else becomes hot.
        days_apart: between the days they were published; None = one of them has none.
    """
    if weight >= TELLING_WEIGHT:
        return True
    is_near = days_apart is None or days_apart <= CHANCE_DAYS
    return is_near and (weight >= PARAGRAPH_WEIGHT or (weight > 0 and keys <= FEW_KEYS))


def list_runs(sketch: Sketch) -> Runs:
    """Return the 4-grams of a text's words, a number each, ascending."""
    words = np.frombuffer(sketch.codes.replace(BREAK, "").encode("utf-16-le"), "<u2")
    count = max(0, len(words) - LEAST_RUN + 1)
    grams = np.zeros(count, np.uint64)
    for place in range(LEAST_RUN):
        grams = grams << np.uint64(16) | words[place : place + count]
    return np.sort(grams)


def may_repeat(one: Runs, other: Runs) -> bool:
    """Return whether two texts may be duplicates, so that aligning them is worth while.

    Counted where they stand in either text: an alignment uses each place once.
    """
    if len(one) == len(other) and np.array_equal(one, other):
        return True
    shorter, longer = sorted((one, other), key=len)
    if not len(shorter):
        return False
    places = np.searchsorted(longer, shorter)
    places[places == len(longer)] = 0
    return int((longer[places] == shorter).sum()) >= _LEAST_GRAMS
