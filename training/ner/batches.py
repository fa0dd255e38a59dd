"""Batches of windows as the network takes them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from etl.tag.model.labels import LABELS
from training.ner.corpus import MASK, NO_LABEL, Article, Pieces, cut_windows, encode, vary

LENGTHS = (256, 256, 128, 64)
"""Most pieces of an article's windows, drawn anew each epoch: short texts must be read as well."""

UNLISTED_SHARE = 0.15
"""Windows told nothing of the lists, which do not know every name."""

_FIRST_WORD = 1_000  # below lie marks and single signs
_ALIKE = 16
_FIRST_CUTS = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids, cases and lists by row and piece, labels by row and kept piece, masks of both.

    `taught`: how likely a teacher holds each label, by row and kept piece.
    """

    ids: Tensor
    cases: Tensor
    lists: Tensor
    kept: Tensor
    labels: Tensor
    taught: Tensor
    mask: Tensor | None
    kept_mask: Tensor | None


def draw_batches(
    articles: Sequence[Article], tokenizer: Tokenizer, rng: random.Random, per_batch: int
) -> list[list[Pieces]]:
    """Return an epoch's batches in random order: windows of like length, `per_batch` pieces."""
    windows: list[Pieces] = []
    for article in articles:
        pieces = [encode(vary(sentence, rng), tokenizer) for sentence in article]
        first = rng.randrange(min(_FIRST_CUTS, len(pieces)))
        length = rng.choice(LENGTHS)
        for part in (pieces[:first], pieces[first:]):
            windows.extend(cut_windows(part, length))
    rng.shuffle(windows)
    windows.sort(key=lambda window: len(window) // _ALIKE)
    packed: list[list[Pieces]] = [[]]
    longest = 0
    for window in windows:
        longest = max(longest, len(window))
        if packed[-1] and longest * (len(packed[-1]) + 1) > per_batch:
            packed.append([])
            longest = len(window)
        packed[-1].append(window)
    rng.shuffle(packed)
    return packed


def stack(windows: list[Pieces], masked_share: float, rng: np.random.Generator) -> Batch:
    """Return a batch; a share of its words is hidden, to be told from what stands around them."""
    ids = _pad([window.ids for window in windows])
    hidden = (rng.random(ids.shape) < masked_share) & (ids > _FIRST_WORD)
    ids[hidden] = MASK
    lists = _pad([window.lists for window in windows])
    lists[rng.random(len(windows)) < UNLISTED_SHARE] = 0
    kept = [np.flatnonzero(window.near) for window in windows]
    labels = [window.labels[places] for window, places in zip(windows, kept, strict=True)]
    taught = np.zeros((len(windows), max(1, *map(len, kept), 0), len(LABELS)), dtype=np.float32)
    for row, (window, places) in enumerate(zip(windows, kept, strict=True)):
        taught[row, : len(places)] = window.taught[places]
    return Batch(
        ids=torch.from_numpy(ids),
        cases=torch.from_numpy(_pad([window.cases for window in windows])),
        lists=torch.from_numpy(lists),
        kept=torch.from_numpy(_pad(kept)),
        labels=torch.from_numpy(_pad(labels, NO_LABEL)),
        taught=torch.from_numpy(taught),
        mask=_mask([len(window) for window in windows]),
        kept_mask=_mask([len(places) for places in kept]),
    )


def _pad(rows: list[NDArray[np.int64]], filler: int = 0) -> NDArray[np.int64]:
    padded = np.full((len(rows), max(1, *map(len, rows), 0)), filler, dtype=np.int64)
    for row, values in enumerate(rows):
        padded[row, : len(values)] = values
    return padded


def _mask(lengths: list[int]) -> Tensor | None:
    """Return what hides padding from attention; None where nothing is padded."""
    longest = max(lengths)
    if min(lengths) == longest:
        return None
    mask = torch.zeros(len(lengths), 1, 1, longest)
    for row, length in enumerate(lengths):
        mask[row, :, :, length:] = -1e4
    return mask
