"""What can be said of blocks, as columns with a row a block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Columns = dict[str, Column]

PARAGRAPH_CHARS = 60
LINKED_SHARE = 0.4
"""A paragraph is no shorter than that, and no more of it is links."""


def spread_bits(name: str, bits: NDArray[np.int64], count: int) -> Columns:
    """Return a column for each of the `count` lower bits, called `name` and its number."""
    return {f"{name}_{n}": ((bits >> n) & 1).astype(np.float64) for n in range(count)}
