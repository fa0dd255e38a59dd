"""Writes a trained network as the int8 ONNX file that `etl.tag.model` reads.

The graph is spelt out rather than traced: weights are whole numbers with a scale a column, so that
the file is a quarter of the size and a matrix product is one instruction of the processor.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from etl.tag.model.lists import LIST_COUNT
from training.ner.network import MINILM, read_mean

_OURS = "com.microsoft"
_OPSETS = (("", 18), (_OURS, 1))


class Graph:
    """Collects the nodes and weights of a graph."""

    def __init__(self, state: dict[str, torch.Tensor], most: int) -> None:
        self.state = {name: value.float().numpy() for name, value in state.items()}
        self.most = most
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}

    def keep(self, name: str, values: NDArray[np.generic]) -> str:
        """Return `name`, by which the graph now knows `values`."""
        self.weights[name] = numpy_helper.from_array(values, name)
        return name

    def add(
        self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **options: Any
    ) -> str:
        """Return the output of a new node; of several outputs their names, by blanks."""
        names = [f"n{len(self.nodes)}.{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **options))
        return " ".join(names)

    def table(self, ids: str, name: str) -> str:
        """Return the rows `ids` of an embedding kept as bytes with a scale a row."""
        values = self.state[f"{name}.weight"]
        scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-8) / 127
        whole = self.keep(f"{name}.whole", np.rint(values / scale).astype(np.int8))
        scales = self.keep(f"{name}.scale", scale.astype(np.float32))
        rows = self.add("Cast", self.add("Gather", whole, ids), to=TensorProto.FLOAT)
        return self.add("Mul", rows, self.add("Gather", scales, ids))

    def product(self, x: str, name: str, *, with_bias: bool = True) -> str:
        """Return `x` times a matrix of bytes with a scale a column."""
        values = self.state[f"{name}.weight"].T
        scale = np.maximum(np.abs(values).max(axis=0), 1e-8) / self.most
        whole = np.rint(values / scale).astype(np.int8)
        inputs = [
            x,
            self.keep(f"{name}.whole", np.ascontiguousarray(whole)),
            self.keep(f"{name}.scale", scale.astype(np.float32)),
            self.keep(f"{name}.zero", np.zeros(len(scale), dtype=np.int8)),
        ]
        if with_bias:
            inputs.append(self.keep(f"{name}.bias", self.state[f"{name}.bias"]))
        return self.add("DynamicQuantizeMatMul", *inputs, domain=_OURS)

    def norm(self, x: str, name: str) -> str:
        """Return `x` normalised by piece."""
        parts = [self.keep(f"{name}.{part}", self.state[f"{name}.{part}"])
                 for part in ("weight", "bias")]  # fmt: skip
        return self.add("LayerNormalization", x, *parts, epsilon=MINILM.epsilon, axis=-1)

    def layer(self, x: str, name: str) -> str:
        """Return the output of one layer of the encoder."""
        qkv = self.add("Split", self.product(x, f"{name}.qkv"), outputs=3, axis=2, num_outputs=3)
        attended = self.add(
            "MultiHeadAttention", *qkv.split(), domain=_OURS, num_heads=MINILM.heads
        )
        x = self.norm(self.add("Add", self.product(attended, f"{name}.out"), x), f"{name}.norm1")
        bias = self.keep(f"{name}.up.bias", self.state[f"{name}.up.bias"])
        inner = self.product(x, f"{name}.up", with_bias=False)
        inner = self.add("FastGelu", inner, bias, domain=_OURS)
        return self.norm(self.add("Add", self.product(inner, f"{name}.down"), x), f"{name}.norm2")


def build(state: dict[str, torch.Tensor], *, low: int, most: int) -> onnx.ModelProto:
    """Return the graph: `ids` and `cases` of one window, `kept` places to log-probabilities."""
    graph = Graph(state, most)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    length = graph.add("Shape", "ids", start=1, end=2)
    places = graph.keep("places.weight", graph.state["places.weight"])
    zero, one = graph.keep("zero", np.array([0])), graph.keep("one", np.array([1]))
    near = graph.add("Slice", places, zero, length, zero, one)
    cases = graph.add("Gather", graph.keep("cases.weight", graph.state["cases.weight"]), "cases")
    bits = np.arange(1 << LIST_COUNT)[:, None] >> np.arange(LIST_COUNT) & 1
    sums = (bits @ graph.state["lists"]).astype(np.float32)
    lists = graph.add("Gather", graph.keep("lists.sums", sums), "lists")
    x = graph.add("Add", graph.add("Add", graph.table("ids", "pieces"), near), cases)
    x = graph.add("Add", x, lists)
    x = graph.norm(x, "norm")
    for index in range(layers):
        if index == low:
            x = graph.add("Gather", x, "kept", axis=1)
        x = graph.layer(x, f"layers.{index}")
    head = graph.keep("head.weight", np.ascontiguousarray(graph.state["head.weight"].T))
    x = graph.add("MatMul", x, head)
    x = graph.add("Add", x, graph.keep("head.bias", graph.state["head.bias"]))
    x = graph.add("LogSoftmax", x, axis=-1)
    graph.nodes.append(helper.make_node("Squeeze", [x, zero], ["scores"]))
    labels = len(graph.state["head.bias"])
    made = helper.make_graph(
        graph.nodes,
        "newshouse-ner",
        [
            *(helper.make_tensor_value_info(name, TensorProto.INT64, [1, "n"])
              for name in ("ids", "cases", "lists")),
            helper.make_tensor_value_info("kept", TensorProto.INT64, ["k"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["k", labels])],
        list(graph.weights.values()),
    )  # fmt: skip
    opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS]
    return helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="newshouse")


def main() -> None:
    """Write the ONNX file of a checkpoint, or of the mean of several of one start."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+", help="several are averaged")
    parser.add_argument("--low", type=int, default=MINILM.low)
    parser.add_argument("--most", type=int, default=63, help="largest weight; 127 for eight bits")
    args = parser.parse_args()
    onnx.save(build(read_mean(args.checkpoints), low=args.low, most=args.most), args.out)


if __name__ == "__main__":
    main()
