"""Span F1 of a network on BIO articles."""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch
from tokenizers import Tokenizer

from etl.tag.model.labels import LABELS, best_path
from training.ner.corpus import NO_LABEL, Sentence, cut_windows, encode


def predict(model, tokenizer: Tokenizer, articles: list[list[Sentence]], most: int = 256):
    """Return a label for every word of every sentence."""
    model.eval()
    out = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for article in articles:
            pieces = [encode(sentence, tokenizer) for sentence in article]
            rows = []
            for window in cut_windows(pieces, most):
                kept = np.flatnonzero(window.near)
                row = torch.full((len(window), len(LABELS)), -20.0)
                row[:, 0] = 0
                if len(kept):
                    scores = model(
                        torch.from_numpy(window.ids)[None],
                        torch.from_numpy(window.cases)[None],
                        torch.from_numpy(window.lists)[None],
                        torch.from_numpy(kept)[None],
                    )
                    row[kept] = scores[0].float().log_softmax(-1)
                rows.append(row[1:-1])
            scores = torch.cat(rows)
            at = 0
            for sentence, piece in zip(article, pieces, strict=True):
                own = scores[at : at + len(piece)]
                at += len(piece)
                heads = piece.labels != NO_LABEL
                path = best_path(own[torch.from_numpy(heads)].numpy())
                labels = ["O"] * len(sentence.words)
                seen = set()
                for word, label in zip(piece.words[heads], path, strict=True):
                    if word not in seen:
                        seen.add(word)
                        labels[word] = LABELS[label]
                out.append(labels)
    return out


def spans(labels) -> set[tuple[int, int, str]]:
    """Return the spans of a sequence of BIO labels."""
    found, start, kind = set(), None, None
    for index, label in enumerate([*labels, "O"]):
        if start is not None and label != f"I-{kind}":
            found.add((start, index, kind))
            start = None
        if label != "O" and start is None:
            start, kind = index, label[2:]
    return found


COARSE = {"PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC",
          "MISC": "MISC", "PRODUCT": "MISC", "PER": "PER"}  # fmt: skip


def score(articles: list[list[Sentence]], predicted, *, coarse: bool = False) -> dict:
    """Return micro F1 and F1 by type, in percent."""
    right, found, there = Counter(), Counter(), Counter()
    sentences = [sentence for article in articles for sentence in article]
    for sentence, labels in zip(sentences, predicted, strict=True):
        gold, ours = spans(sentence.labels), spans(labels)
        if coarse:
            gold = {(a, b, COARSE[k]) for a, b, k in gold if k in COARSE}
            ours = {(a, b, COARSE[k]) for a, b, k in ours if k in COARSE}
        right.update(kind for *_, kind in gold & ours)
        found.update(kind for *_, kind in ours)
        there.update(kind for *_, kind in gold)

    def f1(r, f, t):
        return round(200 * r / (f + t), 2) if f + t else 0.0

    by_type = {kind: f1(right[kind], found[kind], there[kind]) for kind in sorted(there)}
    total = sum(right.values()), sum(found.values()), sum(there.values())
    return {
        "f1": f1(*total),
        "p": round(100 * total[0] / max(1, total[1]), 2),
        "r": round(100 * total[0] / max(1, total[2]), 2),
        "types": by_type,
    }
