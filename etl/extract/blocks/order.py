"""Where blocks stand in the page's order, and what stands next to them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.extract.blocks.columns import Column, Columns

_LAGS = (-3, -2, -1, 1, 2, 3)
_WIDTHS = (4, 12)
_MOST = 0.5
_SHIFTED = ("chars", "linked", "in_extractor", "in_stated", "is_heading", "stops", "ends_whole",
            "tag", "up1_chars")  # fmt: skip
_SMOOTHED = ("chars", "linked", "in_extractor", "stops", "is_heading")


def measure_order(columns: Columns) -> Columns:
    """Return where each block stands in the page and to what the extractor took."""
    chars, found = columns["chars"], columns["chars"] * columns["in_extractor"]
    count = len(chars)
    order = np.arange(count, dtype=np.float64)
    taken = np.flatnonzero(columns["in_extractor"] > 0.5)  # noqa: PLR2004 - most of the block
    first, last = (taken[0], taken[-1]) if len(taken) else (count, -1)
    through, total = np.cumsum(chars), chars.sum()
    found_through = np.cumsum(found)
    return {
        "order": order,
        "order_share": order / count,
        "chars_share": through / total,
        "chars_before": through - chars,
        "chars_after": total - through,
        "found_before": (found_through - found) / (found.sum() or 1.0),
        "before_found": np.maximum(0, first - order),
        "after_found": np.maximum(0, order - last),
        "to_found": _measure_distances(count, taken),
        "page_chars": np.full(count, total),
        "page_blocks": np.full(count, float(count)),
        "page_found": np.full(count, found.sum()),
        "page_found_share": np.full(count, found.sum() / total),
        "page_stated": np.full(count, (chars * columns["in_stated"]).sum()),
        "page_linked": np.full(count, (chars * columns["linked"]).sum() / total),
    }


def _measure_distances(count: int, places: NDArray[np.intp]) -> Column:
    """Return how far each of `count` blocks is from the nearest of `places`; 999 without one."""
    if not len(places):
        return np.full(count, 999.0)
    order = np.arange(count)
    after = np.minimum(np.searchsorted(places, order), len(places) - 1)
    before = np.maximum(after - 1, 0)
    gaps: Column = np.minimum(np.abs(places[after] - order), np.abs(order - places[before])).astype(
        np.float64
    )
    return gaps


def measure_neighbours(columns: Columns) -> Columns:
    """Return the traits of the blocks before and after each, -1 beyond the page's ends."""
    made: Columns = {}
    for name in _SHIFTED:
        column = columns[name]
        for lag in _LAGS:
            shifted = np.full(len(column), -1.0)
            if lag > 0:
                shifted[:-lag] = column[lag:]
            else:
                shifted[-lag:] = column[:lag]
            made[f"{name}_at{lag:+d}"] = shifted
    for name in _SMOOTHED:
        column = columns[name]
        through = np.concatenate(([0.0], np.cumsum(column)))
        for width in (4, 12):
            order = np.arange(len(column))
            low, high = np.maximum(0, order - width), np.minimum(len(column), order + width + 1)
            made[f"{name}_near{width}"] = (through[high] - through[low]) / (high - low)
    return made
