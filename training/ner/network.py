"""The network: BERT's or MPNet's encoder with a channel for letter cases, a head for BIO labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from etl.tag.model.labels import LABELS
from etl.tag.model.letters import CASE_COUNT
from etl.tag.model.lists import LIST_COUNT
from training.ner.corpus import CLS, MASK, SEP


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an encoder is, and where it differs from BERT.

    The first `low` layers read every piece, the others those that may be of a name. `moved`: how
    much larger its ids of pieces are than in BERT's vocabulary; `first_place`: the place of the
    first piece; `is_relative`: attention knows how far apart two pieces are.
    """

    width: int
    heads: int
    inner: int
    layers: int
    low: int
    vocabulary: int
    positions: int
    epsilon: float
    moved: int = 0
    first_place: int = 0
    is_relative: bool = False


MINILM = Shape(384, 12, 1536, 6, 2, 30_522, 512, 1e-12)
MPNET = Shape(768, 12, 3072, 12, 6, 30_527, 514, 1e-5, moved=4, first_place=2, is_relative=True)
_MPNET_MARKS = {CLS: 0, SEP: 2, MASK: 30_526}
_BUCKETS, _NEAR, _FAR = 32, 8, 128
"""Of distances between pieces MPNet (and T5) knows 32 kinds: near ones exactly, to either side."""


class Layer(nn.Module):  # type: ignore[misc] # torch need not be installed
    """One layer of the encoder, norms after the sums, as BERT has them."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, shape.epsilon)
        self.up = nn.Linear(width, shape.inner)
        self.down = nn.Linear(shape.inner, width)
        self.norm2 = nn.LayerNorm(width, shape.epsilon)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the layer's output for `x`, rows by pieces by width; `mask` is added to scores."""
        rows, length, width = x.shape
        qkv = self.qkv(x).view(rows, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mask = mask if mask is None else mask.to(qkv.dtype)
        attended = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(rows, length, width)
        x = self.norm1(x + functional.dropout(self.out(attended), self.dropout, self.training))
        inner = functional.gelu(self.up(x))
        return self.norm2(x + functional.dropout(self.down(inner), self.dropout, self.training))


class Tagger(nn.Module):  # type: ignore[misc] # torch need not be installed
    """Gives each word piece that may be of a name the scores of `LABELS`.

    The lower layers read every piece; the others only those near a capital or a number, which is
    two fifths of a text: what else stands there they know from below.
    """

    def __init__(self, shape: Shape = MINILM, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(CASE_COUNT, shape.width)
        self.lists = nn.Parameter(torch.zeros(LIST_COUNT, shape.width))
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.distances = nn.Embedding(_BUCKETS, shape.heads) if shape.is_relative else None
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.head = nn.Linear(shape.width, len(LABELS))
        self.dropout = dropout

    def forward(
        self,
        ids: Tensor,
        cases: Tensor,
        lists: Tensor,
        kept: Tensor,
        *,
        mask: Tensor | None = None,
        kept_mask: Tensor | None = None,
    ) -> Tensor:
        """Return scores, rows by kept pieces by labels.

        Args:
            ids: ids in BERT's vocabulary, rows by pieces.
            cases: letter cases of the same.
            lists: which word lists each is on, as a sum of bits.
            kept: places of the pieces that the upper layers read, rows by kept pieces.
            mask: added to attention scores, for padding in `ids`.
            kept_mask: the same for `kept`.
        """
        on = (lists[:, :, None] >> torch.arange(LIST_COUNT, device=lists.device)) & 1
        on = on.to(self.lists.dtype)
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(self._own_ids(ids)) + self.places(places + self.shape.first_place)
        x = self.norm(x + self.cases(cases) + on @ self.lists)
        x = functional.dropout(x, self.dropout, self.training)
        mask = self._add_distances(places[None], mask)
        for layer in self.layers[: self.shape.low]:
            x = layer(x, mask)
        x = x.gather(1, kept[:, :, None].expand(-1, -1, x.shape[2]))
        kept_mask = self._add_distances(kept, kept_mask)
        for layer in self.layers[self.shape.low :]:
            x = layer(x, kept_mask)
        return self.head(functional.dropout(x, self.dropout, self.training))

    def _own_ids(self, ids: Tensor) -> Tensor:
        if not self.shape.moved:
            return ids
        own = ids + self.shape.moved
        for bert, mpnet in _MPNET_MARKS.items():
            own = torch.where(ids == bert, mpnet, own)
        return own

    def _add_distances(self, places: Tensor, mask: Tensor | None) -> Tensor | None:
        """Return `mask` with what attention owes to how far apart pieces are."""
        if self.distances is None:
            return mask
        apart = places[:, None, :] - places[:, :, None]
        size = apart.abs()
        half = _BUCKETS // 2
        grown = torch.log(size.clamp(min=1) / _NEAR) / math.log(_FAR / _NEAR) * (half - _NEAR)
        far = (_NEAR + grown.long()).clamp(max=half - 1)
        buckets = torch.where(size < _NEAR, size, far) + half * (apart > 0)
        bias = self.distances(buckets).permute(0, 3, 1, 2)
        return bias if mask is None else bias + mask


def load_encoder(path: Path, *, dropout: float = 0.1) -> Tagger:
    """Return a tagger whose encoder has the weights of a MiniLM-L6 or MPNet checkpoint at `path`.

    Raises:
        ValueError: it is neither.
    """
    raw = load_file(path)
    is_mpnet = _MPNET_DISTANCES in raw
    tagger = Tagger(MPNET if is_mpnet else MINILM, dropout=dropout)
    shape = tagger.shape
    state = {
        "pieces.weight": raw["embeddings.word_embeddings.weight"],
        "places.weight": raw["embeddings.position_embeddings.weight"],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    kind = torch.zeros(shape.width)
    if is_mpnet:
        state["distances.weight"] = raw[_MPNET_DISTANCES]
    else:
        kind = raw["embeddings.token_type_embeddings.weight"][0]
    state["cases.weight"] = kind.repeat(CASE_COUNT, 1) + 0.01 * torch.randn(CASE_COUNT, shape.width)
    names = _MPNET_PARTS if is_mpnet else _BERT_PARTS
    for index in range(shape.layers):
        for part in ("weight", "bias"):
            for own, sources in names.items():
                state[f"layers.{index}.{own}.{part}"] = torch.cat(
                    [raw[f"encoder.layer.{index}.{source}.{part}"] for source in sources]
                )
    missing = tagger.load_state_dict(state, strict=False)
    ours = {"lists", "head.weight", "head.bias"}
    if missing.unexpected_keys or set(missing.missing_keys) != ours:
        raise ValueError(f"{path} is no checkpoint of MiniLM-L6 or MPNet: {missing}")
    return tagger


def read_mean(paths: Sequence[Path]) -> dict[str, Tensor]:
    """Return the mean weights of checkpoints that came of one start (Wortsman et al. 2022)."""
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in paths]
    return {name: sum(one[name] for one in states) / len(states) for name in states[0]}


def load_tagger(path: Path) -> Tagger:
    """Return the tagger of a checkpoint, of whichever shape it has.

    One that was trained when there were fewer lists heeds no others.
    """
    state = torch.load(path, map_location="cpu", weights_only=True)
    tagger = Tagger(MPNET if "distances.weight" in state else MINILM)
    missing = LIST_COUNT - len(state["lists"])
    state["lists"] = functional.pad(state["lists"], (0, 0, 0, missing))
    tagger.load_state_dict(state)
    return tagger


_MPNET_DISTANCES = "encoder.relative_attention_bias.weight"
_BERT_PARTS = {
    "qkv": [f"attention.self.{name}" for name in ("query", "key", "value")],
    "out": ["attention.output.dense"],
    "norm1": ["attention.output.LayerNorm"],
    "up": ["intermediate.dense"],
    "down": ["output.dense"],
    "norm2": ["output.LayerNorm"],
}
_MPNET_PARTS = _BERT_PARTS | {
    "qkv": [f"attention.attn.{name}" for name in "qkv"],
    "out": ["attention.attn.o"],
    "norm1": ["attention.LayerNorm"],
}
