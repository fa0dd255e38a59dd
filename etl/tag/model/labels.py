"""The labels the model gives, and the best sequence of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TYPES = ("PERSON", "ORG", "LOC", "NORP", "DATE", "MISC", "MONEY", "FAC", "PRODUCT")
LABELS = ("O", *(f"{begin}-{kind}" for kind in TYPES for begin in "BI"))
OUTSIDE = 0
_NEVER = -1e4


def is_inside(label: int) -> bool:
    """Return whether `label` carries on a name rather than beginning one or standing outside."""
    return label > 0 and label % 2 == 0


def _transitions() -> NDArray[np.float32]:
    """Return the score of each label after each other: an I- may follow only its own type."""
    scores = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for after in range(len(LABELS)):
        if is_inside(after):
            scores[:, after] = _NEVER
            scores[after - 1 : after + 1, after] = 0
    return scores


_TRANSITIONS = _transitions()


def best_path(scores: NDArray[np.float32]) -> list[int]:
    """Return the likeliest labels of a sequence of words by Viterbi.

    Args:
        scores: log-probabilities, words by labels.
    """
    if not len(scores):
        return []
    best = scores[0] + _TRANSITIONS[OUTSIDE]
    back = np.empty(scores.shape, dtype=np.int64)
    for index in range(1, len(scores)):
        ways = best[:, None] + _TRANSITIONS
        back[index] = ways.argmax(axis=0)
        best = ways.max(axis=0) + scores[index]
    path = [int(best.argmax())]
    for index in range(len(scores) - 1, 0, -1):
        path.append(int(back[index, path[-1]]))
    return path[::-1]
