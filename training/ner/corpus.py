"""Reads BIO files and cuts their articles into windows of word pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.tag.model.labels import LABELS
from etl.tag.model.letters import SIGN, case_of, near_names
from etl.tag.model.lists import find_listed

CLS, SEP, MASK = 101, 102, 103
NO_LABEL = -100
UNKNOWN = "-"
"""The label of a word that nobody labelled: it is learnt from a teacher alone."""

_UNTAUGHT = np.zeros(len(LABELS), dtype=np.float16)
_CURLY = {"'": "\u2019", "`": "\u2018"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence with their labels, and what a teacher holds of each of their parts.

    `taught`: parts by `LABELS`, how likely each is; None = nobody was asked.
    """

    words: tuple[str, ...]
    labels: tuple[str, ...]
    taught: NDArray[np.float16] | None = None


Article = list[Sentence]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces: ids, letter cases, labels (`NO_LABEL` inside words), numbers of words.

    `near`: may be of a name; `begins`: is the first of a word's; `taught`: how likely a teacher
    holds each label of it, nothing where none was asked.
    """

    ids: NDArray[np.int64]
    cases: NDArray[np.int64]
    lists: NDArray[np.int64]
    near: NDArray[np.bool_]
    labels: NDArray[np.int64]
    words: NDArray[np.int64]
    begins: NDArray[np.bool_]
    taught: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.ids)


def read_articles(path: Path) -> list[Article]:
    """Return the articles of a BIO file, each a list of sentences."""
    articles: list[Article] = []
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
    encoding = tokenizer.encode(text, add_special_tokens=False)
    of_piece = np.array(encoding.word_ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    is_first = np.diff(of_piece, prepend=-1) != 0
    firsts = np.flatnonzero(is_first)
    ends = offsets[np.append(firsts[1:], len(of_piece)) - 1, 1]
    surfaces = [text[a:b] for a, b in zip(offsets[firsts, 0].tolist(), ends.tolist(), strict=True)]
    cases = np.array([case_of(surface) for surface in surfaces], dtype=np.int64)
    word_starts = np.cumsum([0, *(len(word) + 1 for word in sentence.words)])
    words = np.searchsorted(word_starts, offsets[:, 0], side="right") - 1
    labels = np.full(len(of_piece), NO_LABEL)
    labels[firsts] = _label_parts(sentence, words[firsts].tolist())
    taught = np.zeros((len(of_piece), len(LABELS)), dtype=np.float16)
    if sentence.taught is not None and len(sentence.taught) == len(firsts):
        taught[firsts] = sentence.taught
    at = np.cumsum(is_first) - 1
    return Pieces(
        ids=np.array(encoding.ids, dtype=np.int64),
        cases=cases[at],
        lists=find_listed(surfaces, cases)[at],
        near=near_names(cases)[at],
        labels=labels,
        words=words,
        begins=is_first,
        taught=taught,
    )


def _label_parts(sentence: Sentence, words: list[int]) -> list[int]:
    """Return a label for each part of the words: what follows a beginning carries it on."""
    labels, before = [], -1
    for word in words:
        label = sentence.labels[word]
        if word == before and label.startswith("B-"):
            label = "I-" + label[2:]
        labels.append(NO_LABEL if label == UNKNOWN else LABELS.index(label))
        before = word
    return labels


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """Return `sentence` as another publisher might set it: shouted, or with curly quotes.

    Three in a hundred are all capitals, three have their names so, two are headlines.
    """
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
    return Pieces(*(getattr(pieces, field.name)[start:stop] for field in fields(pieces)))


def frame(parts: list[Pieces]) -> Pieces:
    """Return `parts` in one row between the marks the encoder was trained with."""
    frames = {"ids": (CLS, SEP), "cases": (SIGN, SIGN), "lists": (0, 0), "near": (False, False),
              "labels": (NO_LABEL, NO_LABEL), "words": (-1, -1), "begins": (False, False),
              "taught": (_UNTAUGHT, _UNTAUGHT)}  # fmt: skip
    rows = {
        name: np.concatenate([[opens], *(getattr(part, name) for part in parts), [closes]])
        for name, (opens, closes) in frames.items()
    }
    return Pieces(**rows)
