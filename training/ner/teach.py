"""What a trained network holds of every word of articles, for a smaller one to learn from.

    python -m training.ner.teach epoch-2.pt --tokenizer FILE --articles a.bio --out taught.npz

Articles need no labels: a word whose label is "-" is learnt from the teacher alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.tag.model.labels import LABELS
from training.ner.corpus import Article, read_articles
from training.ner.network import Tagger, load_tagger
from training.ner.score import weigh

_TOLD_EVERY = 100


def teach(
    checkpoints: list[Path], tokenizer: Tokenizer, articles: list[Article]
) -> list[np.ndarray]:
    """Return how likely each label of each part of a word is, by sentence; the mean of several."""
    models = [load_tagger(path) for path in checkpoints]
    taught = []
    for number, article in enumerate(articles, 1):
        held = zip(*(_weigh(model, tokenizer, article) for model in models), strict=True)
        taught += [np.mean(sentence, axis=0).astype(np.float16) for sentence in held]
        if number % _TOLD_EVERY == 0:
            sys.stderr.write(f"{number} of {len(articles)} articles\n")
    return taught


def _weigh(model: Tagger, tokenizer: Tokenizer, article: Article) -> Iterator[NDArray[np.float32]]:
    for _, scores in weigh(model, tokenizer, article):
        yield np.exp(scores)


def read_taught(path: Path) -> list[Article]:
    """Return the articles that a file of `teach` is of, with what it says of them."""
    with np.load(path) as kept:
        articles = read_articles(Path(str(kept["articles"])))
        ends = np.cumsum(kept["counts"])
        rows = iter(np.split(kept["likely"], ends[:-1]))
    return [[replace(sentence, taught=next(rows)) for sentence in article] for article in articles]


def main() -> None:
    """Write what the teacher holds of the articles of a BIO file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    tokenizer = Tokenizer.from_file(str(asked.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    taught = teach(asked.checkpoints, tokenizer, read_articles(asked.articles))
    np.savez(
        asked.out,
        articles=str(asked.articles.resolve()),
        counts=[len(sentence) for sentence in taught],
        likely=np.concatenate(taught or [np.zeros((0, len(LABELS)), np.float16)]),
    )


if __name__ == "__main__":
    main()
