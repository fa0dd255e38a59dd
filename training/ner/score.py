"""Span F1 of a network on labelled articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.tag.model.labels import LABELS, OUTSIDE, best_path
from evals.ner.bio import spans_of
from evals.ner.measure import score
from training.ner.corpus import Article, Pieces, cut_windows, encode
from training.ner.network import Tagger

_NEVER = -20.0
_MOST_PIECES = 256


def judge(model: Tagger, tokenizer: Tokenizer, articles: list[Article]) -> dict[str, Any]:
    """Return F1 in percent: of all spans, of spans whatever their type, and of each type."""
    gold = (spans_of(list(sentence.labels)) for article in articles for sentence in article)
    ours = (spans_of(labels) for labels in predict(model, tokenizer, articles))
    return {kind: figures["f1"] for kind, figures in score(zip(gold, ours, strict=True)).items()}


def predict(model: Tagger, tokenizer: Tokenizer, articles: list[Article]) -> Iterator[list[str]]:
    """Yield the labels of every sentence."""
    for article in articles:
        for sentence, (pieces, scores) in zip(
            article, weigh(model, tokenizer, article), strict=True
        ):
            yield _label(len(sentence.words), pieces, scores)


def weigh(
    model: Tagger, tokenizer: Tokenizer, article: Article
) -> Iterator[tuple[Pieces, NDArray[np.float32]]]:
    """Yield the pieces of each sentence, and log-probabilities of labels by part of a word."""
    model.eval()
    pieces = [encode(sentence, tokenizer) for sentence in article]
    rows = [_score(model, window)[1:-1] for window in cut_windows(pieces, _MOST_PIECES)]
    scores = np.concatenate(rows)
    at = 0
    for piece in pieces:
        yield piece, scores[at : at + len(piece)][piece.begins]
        at += len(piece)


def _score(model: Tagger, window: Pieces) -> NDArray[np.float32]:
    """Return log-probabilities of the labels by piece; what is not kept is outside of names."""
    scores = np.full((len(window), len(LABELS)), _NEVER, dtype=np.float32)
    scores[:, OUTSIDE] = 0
    kept = np.flatnonzero(window.near)
    if len(kept):
        rows = (window.ids, window.cases, window.lists, kept)
        device = model.head.weight.device
        with torch.no_grad():
            found = model(*(torch.from_numpy(row)[None].to(device) for row in rows))
        scores[kept] = found[0].float().log_softmax(-1).cpu().numpy()
    return scores


def _label(count: int, pieces: Pieces, scores: NDArray[np.float32]) -> list[str]:
    """Return a label a word, that of its first part."""
    labels: dict[int, str] = {}
    path = best_path(scores).tolist()
    for word, label in zip(pieces.words[pieces.begins].tolist(), path, strict=True):
        labels.setdefault(word, LABELS[label])
    return [labels.get(word, "O") for word in range(count)]
