"""Reads BIO files and cuts their articles into windows of word pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.tag.model.labels import LABELS
from etl.tag.model.letters import SIGN, case_of, near_names
from etl.tag.model.lists import find_listed

CLS, SEP, UNK, MASK = 101, 102, 100, 103
NO_LABEL = -100
_CURLY = {"'": "\u2019", "`": "\u2018"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence with their labels; `labels` are indexes into `LABELS`."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces: ids, letter cases, labels (`NO_LABEL` inside words), numbers of words.

    `near`: may be of a name.
    """

    ids: NDArray[np.int64]
    cases: NDArray[np.int64]
    lists: NDArray[np.int64]
    near: NDArray[np.bool_]
    labels: NDArray[np.int64]
    words: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


def read_articles(path: Path) -> list[list[Sentence]]:
    """Return the articles of a BIO file, each a list of sentences."""
    articles: list[list[Sentence]] = []
    words: list[str] = []
    labels: list[str] = []

    def close() -> None:
        if words:
            articles[-1].append(Sentence(tuple(words), tuple(labels)))
            words.clear()
            labels.clear()

    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# doc"):
            close()
            articles.append([])
        elif not line.strip():
            close()
        else:
            word, label = line.rsplit("\t", 1)
            words.append(word)
            labels.append(label.strip())
    close()
    return articles


def encode(sentence: Sentence, tokenizer: Tokenizer) -> Pieces:
    """Return the word pieces of a sentence; each mark of punctuation is a word of its own."""
    text = " ".join(sentence.words)
    starts = np.cumsum([0, *(len(word) + 1 for word in sentence.words)])
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, labels, words = [], [], []
    previous, before = None, -1
    spans: dict[int, tuple[int, int]] = {}
    for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
        first, _ = spans.get(word, (start, end))
        spans[word] = first, end
    surfaces = [text[first:end] for first, end in spans.values()]
    of_word = np.array([case_of(surface) for surface in surfaces], dtype=np.int64)
    order = {word: place for place, word in enumerate(spans)}
    at = np.array([order[word] for word in encoding.word_ids], dtype=np.int64)
    for piece, word, (start, _) in zip(
        encoding.ids, encoding.word_ids, encoding.offsets, strict=True
    ):
        number = int(np.searchsorted(starts, start, side="right")) - 1
        ids.append(piece)
        words.append(number)
        if word == previous:
            labels.append(NO_LABEL)
        else:
            label = sentence.labels[number]
            if number == before and label.startswith("B-"):
                label = "I-" + label[2:]
            labels.append(LABELS.index(label))
        previous, before = word, number
    return Pieces(
        np.array(ids),
        of_word[at],
        find_listed(surfaces, of_word)[at],
        near_names(of_word)[at],
        np.array(labels),
        np.array(words),
    )


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """Return `sentence` as another publisher might set it: shouted, or with curly quotes."""
    words = sentence.words
    roll = rng.random()
    if roll < 0.03:
        words = tuple(word.upper() for word in words)
    elif roll < 0.06:
        is_named = [label != "O" for label in sentence.labels]
        words = tuple(w.upper() if named else w for w, named in zip(words, is_named, strict=True))
    elif roll < 0.08:
        words = tuple(w[:1].upper() + w[1:] if len(w) > 3 else w for w in words)
    elif roll < 0.4:
        words = tuple(_curl(word) for word in words)
    return replace(sentence, words=words)


def _curl(word: str) -> str:
    if word == '"':
        return "\u201c"
    return "".join(_CURLY.get(char, char) for char in word)


def cut_windows(sentences: list[Pieces], most: int) -> Iterator[Pieces]:
    """Yield windows of whole neighbouring sentences, at most `most` pieces, framed."""
    room = most - 2
    held: list[Pieces] = []
    count = 0
    for sentence in sentences:
        for start in range(0, len(sentence), room):
            part = _slice(sentence, start, start + room)
            if held and count + len(part) > room:
                yield frame(held)
                held, count = [], 0
            held.append(part)
            count += len(part)
    if held:
        yield frame(held)


def _slice(pieces: Pieces, start: int, stop: int) -> Pieces:
    return Pieces(
        pieces.ids[start:stop], pieces.cases[start:stop], pieces.lists[start:stop], pieces.near[start:stop],
        pieces.labels[start:stop], pieces.words[start:stop],
    )  # fmt: skip


def frame(parts: list[Pieces]) -> Pieces:
    """Return `parts` in one row between the marks the encoder was trained with."""
    return Pieces(
        np.concatenate([[CLS], *(part.ids for part in parts), [SEP]]),
        np.concatenate([[SIGN], *(part.cases for part in parts), [SIGN]]),
        np.concatenate([[0], *(part.lists for part in parts), [0]]),
        np.concatenate([[False], *(part.near for part in parts), [False]]),
        np.concatenate([[NO_LABEL], *(part.labels for part in parts), [NO_LABEL]]),
        np.concatenate([[-1], *(part.words for part in parts), [-1]]),
    )
