"""What stands around blocks: in the elements that hold them, and in others of their kind."""

from __future__ import annotations

from collections import Counter

import numpy as np

from etl.extract.blocks.columns import LINKED_SHARE, PARAGRAPH_CHARS, Column, Columns
from etl.extract.blocks.walk import Block

_LEVELS = 5


def measure_surroundings(blocks: list[Block], columns: Columns) -> Columns:
    """Return how each block's elements, one to five levels up, are filled; and its like blocks."""
    chars, linked = columns["chars"], columns["chars"] * columns["linked"]
    found = columns["chars"] * columns["in_extractor"]
    prose = np.where((chars >= PARAGRAPH_CHARS) & (columns["linked"] <= LINKED_SHARE), chars, 0.0)
    lengths = [len(block.path) for block in blocks]
    holders = np.array([number for block in blocks for number in block.path])
    owner = np.repeat(np.arange(len(blocks)), lengths)
    many = int(holders.max()) + 1

    def gather(weights: Column) -> Column:
        return np.bincount(holders, weights=weights[owner], minlength=many).astype(np.float64)

    held = gather(chars)
    blocks_held = gather(np.ones(len(blocks)))
    held_linked, held_prose, held_found = gather(linked), gather(prose), gather(found)
    total, total_prose, total_found = chars.sum(), prose.sum() or 1.0, found.sum() or 1.0
    columns_made: Columns = {}
    for level in range(_LEVELS):
        ids = np.array([b.path[-1 - level] if len(b.path) > level else b.path[0] for b in blocks])
        size = held[ids]
        columns_made |= {
            f"up{level}_chars": size,
            f"up{level}_share": size / total,
            f"up{level}_blocks": blocks_held[ids],
            f"up{level}_linked": held_linked[ids] / size,
            f"up{level}_prose": held_prose[ids] / size,
            f"up{level}_prose_share": held_prose[ids] / total_prose,
            f"up{level}_found": held_found[ids] / size,
            f"up{level}_found_share": held_found[ids] / total_found,
        }
    columns_made |= _measure_likes(blocks, chars, linked, found)
    return columns_made | _measure_mass(blocks, prose, found)


def _measure_likes(blocks: list[Block], chars: Column, linked: Column, found: Column) -> Columns:
    alike = np.array([block.signature for block in blocks])
    sizes = np.bincount(alike, weights=chars)[alike]
    count = np.bincount(alike)[alike].astype(np.float64)
    return {
        "like_blocks": count,
        "like_chars": sizes / count,
        "like_share": sizes / chars.sum(),
        "like_linked": np.bincount(alike, weights=linked)[alike] / sizes,
        "like_found": np.bincount(alike, weights=found)[alike] / sizes,
    }


def _measure_mass(blocks: list[Block], prose: Column, found: Column) -> Columns:
    """Return where blocks stand to the element that holds most of the page's paragraphs."""
    columns: Columns = {}
    for name, weights in (("mass", prose), ("core", found)):
        masses: Counter[int] = Counter()
        for block, weight in zip(blocks, weights, strict=True):
            if weight:
                path = block.path if block.tag != "p" else block.path[:-1]
                masses[path[-1]] += weight
                if len(path) > 1:
                    masses[path[-2]] += 0.6 * weight
        best, mass = max(masses.items(), key=lambda item: item[1], default=(-1, 0.0))
        inside = np.array([best in block.path for block in blocks], dtype=np.float64)
        places = np.flatnonzero(inside)
        first, last = (places[0], places[-1]) if len(places) else (0, -1)
        order = np.arange(len(blocks), dtype=np.float64)
        depth = next((b.path.index(best) for b in blocks if best in b.path), 0)
        shared = _count_shared(blocks, int(first) if len(places) else -1, depth)
        columns |= {
            f"{name}_inside": inside,
            f"{name}_share": np.full(len(blocks), mass / (weights.sum() or 1.0)),
            f"{name}_before": np.maximum(0, first - order),
            f"{name}_after": np.maximum(0, order - last),
            f"{name}_below": np.array([len(b.path) for b in blocks]) - depth - 1.0,
            f"{name}_apart": depth - shared,
        }
    return columns


def _count_shared(blocks: list[Block], first: int, depth: int) -> Column:
    """Return how many outer elements each block has in common with the block `first`."""
    if first < 0:
        return np.zeros(len(blocks))
    model = blocks[first].path[: depth + 1]
    shared = []
    for block in blocks:
        count = 0
        for ours, theirs in zip(block.path, model, strict=False):
            if ours != theirs:
                break
            count += 1
        shared.append(count)
    return np.array(shared, np.float64)
