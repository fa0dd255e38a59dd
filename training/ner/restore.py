"""Reads the shipped ONNX file back into a checkpoint, to go on training from.

    python -m training.ner.restore etl/tag/model/english.onnx made/shipped.pt

Weights come back as they were rounded.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.ner.network import MINILM, Tagger


def restore(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a file that `training.ner.export` wrote; lists it lacks have none."""
    kept = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    state: dict[str, torch.Tensor] = Tagger(MINILM).state_dict()
    for name, empty in state.items():
        stem, _, part = name.rpartition(".")
        if name == "lists":
            known = len(kept["lists.sums"]).bit_length() - 1
            rows = [kept["lists.sums"][1 << number] for number in range(known)]
            values = np.pad(np.stack(rows), ((0, len(empty) - known), (0, 0)))
        elif name == "pieces.weight":
            values = kept["pieces.whole"] * kept["pieces.scale"]
        elif f"{stem}.whole" in kept and part == "weight":
            values = (kept[f"{stem}.whole"] * kept[f"{stem}.scale"]).T
        else:
            values = kept[name].T if name == "head.weight" else kept[name]
        state[name] = torch.tensor(values, dtype=torch.float32)
    return state


def main() -> None:
    """Write the checkpoint."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("onnx", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    torch.save(restore(asked.onnx), asked.out)


if __name__ == "__main__":
    main()
