"""Trains the recogniser of English names; README.md beside this file has the command."""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.ner.batches import Batch, draw_batches, stack
from training.ner.corpus import NO_LABEL, Article, read_articles
from training.ner.network import Tagger, load_encoder, read_mean
from training.ner.score import judge
from training.ner.teach import read_taught

_WARM_UP = 0.06
_NEW_PARTS_RATE = 5.0
_TOLD_EVERY = 50


def parse_arguments() -> argparse.Namespace:
    """Return what is to be trained, on what, and how."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("out", type=Path, help="folder of epoch-1.pt, epoch-2.pt ...")
    parser.add_argument("--encoder", type=Path, required=True, help="model.safetensors")
    parser.add_argument("--tokenizer", type=Path, required=True, help="its tokenizer.json")
    parser.add_argument(
        "--taught",
        type=Path,
        nargs="*",
        default=[],
        help="files of training.ner.teach, learnt from as well",
    )
    parser.add_argument("--taught-share", type=float, default=0.5)
    parser.add_argument("--start", type=Path, nargs="*", help="go on from the mean of these")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--layer-decay", type=float, default=0.85)
    parser.add_argument("--per-batch", type=int, default=1024)
    parser.add_argument("--masked-share", type=float, default=0.05)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--bf16", action="store_true", help="where it is faster: try it first")
    parser.add_argument("--frozen-pieces", action="store_true", help="keep the vocabulary as it is")
    return parser.parse_args()


def group_weights(model: Tagger, rate: float, decay: float) -> list[dict[str, Any]]:
    """Return parameter groups: the lower a layer, the slower it learns; new parts are fastest."""
    depth = len(model.layers)
    groups = []
    for name, weights in model.named_parameters():
        if not weights.requires_grad:
            continue
        scale = decay**depth
        if name.startswith("layers."):
            scale = decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("head", "cases", "lists")):
            scale = _NEW_PARTS_RATE
        shrinks = weights.ndim > 1 and name.startswith(("layers", "head"))
        groups.append(
            {
                "params": [weights],
                "lr": rate * scale,
                "peak": rate * scale,
                "weight_decay": 0.01 if shrinks else 0.0,
            }
        )
    return groups


def weigh_loss(scores: Tensor, labels: Tensor, taught: Tensor, taught_share: float) -> Tensor:
    """Return the loss: by the labels, and as far as a teacher was asked by what it holds.

    A word that is labelled and taught counts once, `taught_share` of it by the teacher; one that
    nobody labelled by the teacher alone (knowledge distillation, Hinton et al. 2015).
    """
    likely = scores.log_softmax(-1)
    is_labelled, is_taught = labels != NO_LABEL, taught.sum(-1) > 0
    by_label = -likely.gather(-1, labels.clamp(min=0)[..., None])[..., 0]
    by_teacher = -(taught * likely).sum(-1)
    share = torch.where(is_labelled, taught_share, 1.0) * is_taught
    losses = (1 - share) * is_labelled * by_label + share * by_teacher
    return losses.sum() / (is_labelled | is_taught).sum().clamp(min=1)


class Trainer:
    """A network in training, and the average of its weights over the last steps."""

    def __init__(self, model: Tagger, asked: argparse.Namespace, steps: int) -> None:
        self.model = model
        self.averaged = {name: value.clone() for name, value in model.state_dict().items()}
        self._asked = asked
        self._steps = steps
        self._step = 0
        groups = group_weights(model, asked.rate, asked.layer_decay)
        self._optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)

    def learn(self, batch: Batch) -> float:
        """Take one step and return the loss."""
        self._step += 1
        self._set_rate(self._step / self._steps)
        self.model.train()
        loss = self._loss(batch)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimizer.step()
        average = min(self._asked.average, (1 + self._step) / (10 + self._step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.averaged.values()), list(self.model.state_dict().values()), 1 - average
            )
        return float(loss)

    def _loss(self, batch: Batch) -> Tensor:
        device = self._asked.device
        ids, cases, lists, kept, labels = (
            tensor.to(device)
            for tensor in (batch.ids, batch.cases, batch.lists, batch.kept, batch.labels)
        )
        masks = [
            mask if mask is None else mask.to(device) for mask in (batch.mask, batch.kept_mask)
        ]
        kind = torch.device(device).type
        with torch.autocast(kind, dtype=torch.bfloat16, enabled=self._asked.bf16):
            scores = self.model(ids, cases, lists, kept, mask=masks[0], kept_mask=masks[1])
        return weigh_loss(scores.float(), labels, batch.taught.to(device), self._asked.taught_share)

    def _set_rate(self, progress: float) -> None:
        """Warm up, then go down to nothing in a straight line."""
        share = min(progress / _WARM_UP, (1 - progress) / (1 - _WARM_UP))
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * max(share, 0.0)

    def judge(self, epoch: int, tokenizer: Tokenizer, dev: list[Article]) -> dict[str, Any]:
        """Return the figures of the averaged weights, which are kept in a file as well."""
        torch.save(self.averaged, self._asked.out / f"epoch-{epoch}.pt")
        trained = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.model.load_state_dict(self.averaged)
        figures = judge(self.model, tokenizer, dev)
        self.model.load_state_dict(trained)
        return figures


def main() -> None:
    """Train, printing a line every fifty steps and the figures on dev after every epoch."""
    asked = parse_arguments()
    torch.set_num_threads(asked.threads)
    torch.manual_seed(asked.seed)
    rng, noise = random.Random(asked.seed), np.random.default_rng(asked.seed)
    tokenizer = Tokenizer.from_file(str(asked.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    articles, dev = read_articles(asked.train), read_articles(asked.dev)
    articles += [article for path in asked.taught for article in read_taught(path)]
    model = load_encoder(asked.encoder).to(asked.device)
    if asked.start:
        model.load_state_dict(read_mean(asked.start), strict=False)
    model.pieces.requires_grad_(not asked.frozen_pieces)
    asked.out.mkdir(parents=True, exist_ok=True)
    an_epoch = len(draw_batches(articles, tokenizer, random.Random(0), asked.per_batch))
    trainer = Trainer(model, asked, asked.epochs * an_epoch)
    losses: list[float] = []
    for epoch in range(1, asked.epochs + 1):
        for windows in draw_batches(articles, tokenizer, rng, asked.per_batch):
            losses.append(trainer.learn(stack(windows, asked.masked_share, noise)))
            if len(losses) % _TOLD_EVERY == 0:
                loss = np.mean(losses[-_TOLD_EVERY:])
                print(f"step {len(losses)} loss {loss:.4f} {time.process_time():.0f} s", flush=True)
        print(json.dumps({"epoch": epoch, **trainer.judge(epoch, tokenizer, dev)}), flush=True)


if __name__ == "__main__":
    main()
