"""The network: BERT's encoder with a channel for letter cases and a head for BIO labels."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from etl.tag.model.labels import LABELS
from etl.tag.model.letters import CASE_COUNT
from etl.tag.model.lists import LIST_COUNT

WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512
EPSILON = 1e-12


class Layer(nn.Module):
    """One layer of the encoder, norms after the sums, as BERT has them."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the layer's output for `x`, rows by pieces by `WIDTH`."""
        rows, length, _ = x.shape
        qkv = self.qkv(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if mask is not None:
            scores = scores + mask
        attended = scores.softmax(-1) @ v
        attended = attended.transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.norm1(x + functional.dropout(self.out(attended), self.dropout, self.training))
        inner = functional.gelu(self.up(x))
        return self.norm2(x + functional.dropout(self.down(inner), self.dropout, self.training))


class Tagger(nn.Module):
    """Gives each word piece that may be of a name the scores of `LABELS`.

    The first `low` layers read every piece; the others only those near a capital or a number,
    which is two fifths of a text: what else stands there they know from below.
    """

    def __init__(self, *, layers: int = 6, low: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.low = low
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(CASE_COUNT, WIDTH)
        self.lists = nn.Parameter(torch.zeros(LIST_COUNT, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.head = nn.Linear(WIDTH, len(LABELS))
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
            ids: vocabulary ids, rows by pieces.
            cases: letter cases of the same.
            lists: which word lists each is on, as a sum of bits.
            kept: places of the pieces that the upper layers read, rows by kept pieces.
            mask: added to attention scores, for padding in `ids`.
            kept_mask: the same for `kept`.
        """
        on = (lists[:, :, None] >> torch.arange(LIST_COUNT, device=lists.device)) & 1
        on = on.to(self.lists.dtype)
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.pieces(ids) + self.places(places) + self.cases(cases) + on @ self.lists)
        x = functional.dropout(x, self.dropout, self.training)
        for layer in self.layers[: self.low]:
            x = layer(x, mask)
        x = x.gather(1, kept[:, :, None].expand(-1, -1, x.shape[2]))
        for layer in self.layers[self.low :]:
            x = layer(x, kept_mask)
        return self.head(functional.dropout(x, self.dropout, self.training))


def load_encoder(path: Path, *, layers: int = 6, dropout: float = 0.1) -> Tagger:
    """Return a tagger whose encoder has the weights of a BERT checkpoint at `path`."""
    tagger = Tagger(layers=layers, dropout=dropout)
    raw = load_file(path)
    state = {
        "pieces.weight": raw["embeddings.word_embeddings.weight"],
        "places.weight": raw["embeddings.position_embeddings.weight"],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    kind = raw["embeddings.token_type_embeddings.weight"][0]
    state["cases.weight"] = kind.repeat(CASE_COUNT, 1) + 0.01 * torch.randn(CASE_COUNT, WIDTH)
    for index in range(layers):
        bert, own = f"encoder.layer.{index}.", f"layers.{index}."
        for part in ("weight", "bias"):
            state[f"{own}qkv.{part}"] = torch.cat(
                [raw[f"{bert}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for name, source in (
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                state[f"{own}{name}.{part}"] = raw[f"{bert}{source}.{part}"]
    missing = tagger.load_state_dict(state, strict=False)
    ours = {"lists", "head.weight", "head.bias"}
    if missing.unexpected_keys or set(missing.missing_keys) != ours:
        raise ValueError(f"{path} is no MiniLM checkpoint: {missing}")
    return tagger
