"""A forest of decision trees, grown by `evals/extraction/train.py`, and how it is asked.

It judges by whole numbers, so that the same page gets the same answer on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.extract.blocks.columns import Columns

LEAF_SCALE = 1 << 20
"""What a leaf's value is multiplied with to be a whole number."""

_ROWS = 256
_FILE = "forest.npz"


class Forest(NamedTuple):
    """Trees as one list of nodes: a leaf leads to itself on both sides.

    `traits` are the columns it reads; `depth` is how many steps reach every leaf; a node goes left
    where its trait is at most its threshold.
    """

    traits: tuple[str, ...]
    roots: NDArray[np.int32]
    trait: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.int64]
    depth: int


@lru_cache(maxsize=1)
def load_forest() -> Forest:
    """Return the forest that comes with the package."""
    with files(__package__).joinpath(_FILE).open("rb") as file, np.load(file) as stored:
        return Forest(
            traits=tuple(map(str, stored["traits"])),
            roots=stored["roots"],
            trait=stored["trait"],
            threshold=stored["threshold"],
            left=stored["left"],
            right=stored["right"],
            value=stored["value"],
            depth=int(stored["depth"]),
        )


def judge(columns: Columns, forest: Forest) -> NDArray[np.float64]:
    """Return for each row of `columns` the chance that it is article text."""
    table = np.stack([columns[name] for name in forest.traits], axis=1)
    parts = [
        _add_leaves(table[start : start + _ROWS], forest) for start in range(0, len(table), _ROWS)
    ]
    sums: NDArray[np.float64] = np.concatenate(parts) / LEAF_SCALE
    chances: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-sums))
    return np.round(chances, 6)


def _add_leaves(table: NDArray[np.float64], forest: Forest) -> NDArray[np.int64]:
    width = table.shape[1]
    flat = table.ravel()
    starts = (np.arange(len(table)) * width)[:, None]
    nodes = np.broadcast_to(forest.roots, (len(table), len(forest.roots)))
    for _ in range(forest.depth):
        is_left = flat[starts + forest.trait[nodes]] <= forest.threshold[nodes]
        nodes = np.where(is_left, forest.left[nodes], forest.right[nodes])
    sums: NDArray[np.int64] = forest.value[nodes].sum(axis=1)
    return sums
