"""Boosters of LightGBM as the arrays that `etl.extract.blocks.forest` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from etl.extract.blocks.forest import LEAF_SCALE


class _Nodes:
    """The nodes of all trees, in lists."""

    def __init__(self) -> None:
        self.trait: list[int] = []
        self.threshold: list[float] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self.value: list[int] = []
        self.depth = 0

    def add(self, tree: dict[str, Any], depth: int = 0) -> int:
        """Add a tree; return the number of its root."""
        number = len(self.trait)
        self.depth = max(self.depth, depth)
        is_leaf = "leaf_value" in tree
        self.trait.append(0 if is_leaf else int(tree["split_feature"]))
        self.threshold.append(0.0 if is_leaf else float(tree["threshold"]))
        self.value.append(round(tree["leaf_value"] * LEAF_SCALE) if is_leaf else 0)
        self.left.append(number)
        self.right.append(number)
        if not is_leaf:
            self.left[number] = self.add(tree["left_child"], depth + 1)
            self.right[number] = self.add(tree["right_child"], depth + 1)
        return number


def store_forest(path: Path, forest: lightgbm.Booster, traits: list[str]) -> None:
    """Write `forest`, which reads the columns `traits`."""
    nodes = _Nodes()
    roots = [nodes.add(tree["tree_structure"]) for tree in forest.dump_model()["tree_info"]]
    np.savez_compressed(
        path,
        traits=np.array(traits),
        roots=np.array(roots, np.int32),
        trait=np.array(nodes.trait, np.int32),
        threshold=np.array(nodes.threshold, np.float64),
        left=np.array(nodes.left, np.int32),
        right=np.array(nodes.right, np.int32),
        value=np.array(nodes.value, np.int64),
        depth=np.array(nodes.depth),
    )
