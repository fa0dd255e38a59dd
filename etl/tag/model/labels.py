"""The labels the model gives, and the names they come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TYPES = ("PERSON", "ORG", "LOC", "NORP", "DATE", "MISC", "MONEY", "FAC", "PRODUCT")
LABELS = ("O", *(f"{begin}-{kind}" for kind in TYPES for begin in "BI"))
OUTSIDE = 0
_NEVER = -1e4


class Name(NamedTuple):
    """Words `first` up to `last` are a name of `kind`, one of `TYPES`."""

    first: int
    last: int
    kind: str
    score: float


def _transitions() -> NDArray[np.float32]:
    """Return the score of each label after each other: an I- may follow only its own type."""
    scores = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for after in range(2, len(LABELS), 2):
        scores[:, after] = _NEVER
        scores[after - 1 : after + 1, after] = 0
    return scores


_TRANSITIONS = _transitions()


def best_path(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the likeliest labels of a sequence of words that follows an unnamed one (Viterbi).

    Args:
        scores: log-probabilities, words by labels.
    """
    likeliest: NDArray[np.int64] = scores.argmax(axis=1)
    before = np.concatenate(([OUTSIDE], likeliest[:-1]))
    if (_TRANSITIONS[before, likeliest] == 0).all():
        return likeliest
    best = scores[0] + _TRANSITIONS[OUTSIDE]
    back = np.empty(scores.shape, dtype=np.int64)
    for index in range(1, len(scores)):
        ways = best[:, None] + _TRANSITIONS
        back[index] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[index]
    path = np.empty(len(scores), dtype=np.int64)
    path[-1] = best.argmax()
    for index in range(len(scores) - 1, 0, -1):
        path[index - 1] = back[index, path[index]]
    return path


def find_names(path: NDArray[np.int64], scores: NDArray[np.float32]) -> Iterator[Name]:
    """Yield the names a valid path of labels marks; the least likely label is a name's score."""
    labels = path.tolist()
    index, count = 0, len(labels)
    while index < count:
        begin = labels[index]
        if begin == OUTSIDE:
            index += 1
            continue
        last = index + 1
        while last < count and labels[last] == begin + 1:
            last += 1
        chosen = scores[np.arange(index, last), path[index:last]]
        yield Name(index, last, TYPES[begin // 2], float(np.exp(chosen.min())))
        index = last
