"""Trains the English recogniser; see README.md beside this file for the one command."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.ner.corpus import MASK, NO_LABEL, Pieces, cut_windows, encode, read_articles, vary
from training.ner.network import Tagger, load_encoder
from training.ner.score import predict, score

LENGTHS = (256, 256, 128, 64)
UNLISTED_SHARE = 0.15  # windows told nothing of the lists, which do not know every name
FIRST_WORD = 1_000  # below lie marks and single signs


def batches(
    articles, tokenizer: Tokenizer, rng: random.Random, per_batch: int
) -> Iterator[list[Pieces]]:
    """Yield an epoch's batches: windows of like length, about `per_batch` pieces, in random order."""
    windows: list[Pieces] = []
    for article in articles:
        pieces = [encode(vary(s, rng), tokenizer) for s in article]
        first = rng.randrange(min(4, len(pieces)))
        length = rng.choice(LENGTHS)
        for part in (pieces[:first], pieces[first:]):
            windows.extend(cut_windows(part, length))
    rng.shuffle(windows)
    windows.sort(key=lambda window: len(window) // 16)
    packed: list[list[Pieces]] = [[]]
    longest = 0
    for window in windows:
        longest = max(longest, len(window))
        if packed[-1] and longest * (len(packed[-1]) + 1) > per_batch:
            packed.append([])
            longest = len(window)
        packed[-1].append(window)
    rng.shuffle(packed)
    yield from packed


@dataclass(frozen=True, slots=True)
class Stacked:
    """A batch: ids and cases by row and piece, labels by row and kept piece, masks of both."""

    ids: Tensor
    cases: Tensor
    lists: Tensor
    kept: Tensor
    labels: Tensor
    mask: Tensor | None
    kept_mask: Tensor | None


def stack(batch: list[Pieces], mask_share: float, rng: np.random.Generator) -> Stacked:
    """Return a batch; a share of its words is hidden, to be told from what stands around them."""
    ids = _pad([window.ids for window in batch])
    hidden = (rng.random(ids.shape) < mask_share) & (ids > FIRST_WORD)
    ids[hidden] = MASK
    lists = _pad([window.lists for window in batch])
    lists[rng.random(len(batch)) < UNLISTED_SHARE] = 0
    kept = [np.flatnonzero(window.near) for window in batch]
    labels = [window.labels[places] for window, places in zip(batch, kept, strict=True)]
    return Stacked(
        ids=torch.from_numpy(ids),
        cases=torch.from_numpy(_pad([window.cases for window in batch])),
        lists=torch.from_numpy(lists),
        kept=torch.from_numpy(_pad(kept)),
        labels=torch.from_numpy(_pad(labels, NO_LABEL)),
        mask=_mask([len(window) for window in batch]),
        kept_mask=_mask([len(places) for places in kept]),
    )


def _pad(rows: list[np.ndarray], filler: int = 0) -> np.ndarray:
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


def groups(model: Tagger, rate: float, decay: float) -> list[dict]:
    """Return parameter groups: the lower a layer, the slower it learns; the head is fastest."""
    depth = len(model.layers)
    out = []
    for name, weights in model.named_parameters():
        scale = 1.0
        if name.startswith("layers."):
            scale = decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("head", "cases", "lists")):
            scale = 5.0
        else:
            scale = decay**depth
        shrinks = weights.ndim > 1 and not name.startswith(("pieces", "places", "cases", "lists"))
        out.append(
            {
                "params": [weights],
                "lr": rate * scale,
                "peak": rate * scale,
                "weight_decay": 0.01 if shrinks else 0.0,
            }
        )
    return out


def main() -> None:
    """Train, printing a line for every part of an epoch and keeping its averaged weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--layer-decay", type=float, default=0.85)
    parser.add_argument("--per-batch", type=int, default=1024)
    parser.add_argument("--mask-share", type=float, default=0.05)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--parts", type=int, default=2)
    parser.add_argument("--layers", type=int, default=6)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng, noise = random.Random(args.seed), np.random.default_rng(args.seed)
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    articles, dev = read_articles(args.train), read_articles(args.dev)
    model = load_encoder(args.encoder, layers=args.layers)
    if args.start:
        model.load_state_dict(torch.load(args.start), strict=False)
    averaged = {name: value.clone() for name, value in model.state_dict().items()}
    optimizer = torch.optim.AdamW(
        groups(model, args.rate, args.layer_decay), betas=(0.9, 0.98), fused=True
    )
    args.out.mkdir(parents=True, exist_ok=True)
    step, losses = 0, []
    total = args.epochs * len(list(batches(articles, tokenizer, random.Random(0), args.per_batch)))
    began, cpu = time.time(), time.process_time()
    for epoch in range(args.epochs):
        epoch_batches = list(batches(articles, tokenizer, rng, args.per_batch))
        for number, batch in enumerate(epoch_batches):
            step += 1
            share = min(step / (0.06 * total), max(0.0, (total - step) / (0.94 * total)))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * share
            fed = stack(batch, args.mask_share, noise)
            model.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(
                    fed.ids, fed.cases, fed.lists, fed.kept, mask=fed.mask, kept_mask=fed.kept_mask
                )
            loss = functional.cross_entropy(
                scores.float().flatten(0, 1), fed.labels.flatten(), ignore_index=NO_LABEL
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            average = min(args.average, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(
                    list(averaged.values()), list(model.state_dict().values()), 1 - average
                )
            if step % 50 == 0:
                print(
                    f"step {step}/{total} loss {np.mean(losses[-50:]):.4f} "
                    f"wall {time.time() - began:.0f} cpu {time.process_time() - cpu:.0f}",
                    flush=True,
                )
            if (number + 1) % (len(epoch_batches) // args.parts) == 0:
                torch.save(averaged, args.out / "averaged.pt")
                trained = {name: value.clone() for name, value in model.state_dict().items()}
                model.load_state_dict(averaged)
                figures = score(dev, predict(model, tokenizer, dev))
                model.load_state_dict(trained)
                print(
                    json.dumps({"epoch": epoch + (number + 1) / len(epoch_batches), **figures}),
                    flush=True,
                )


if __name__ == "__main__":
    main()
