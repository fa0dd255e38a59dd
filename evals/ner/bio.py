"""Labelled articles as texts: BIO files, and spans of words against spans of characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Spans = set[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article: `text` is its words by blanks and its sentences by lines.

    `starts` are where words start in it; `gold` are spans of words with their types.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gold: frozenset[tuple[int, int, str]]


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Yield the articles of a BIO file, which begin with "# doc" lines."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# doc"):
            if any(sentences):
                yield _join(sentences)
            sentences = [[]]
        elif line.strip():
            word, label = line.rsplit("\t", 1)
            sentences[-1].append((word, label.strip()))
        else:
            sentences.append([])
    if any(sentences):
        yield _join(sentences)


def _join(sentences: Iterable[list[tuple[str, str]]]) -> Labelled:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gold: Spans = set()
    at = 0
    for sentence in filter(None, sentences):
        gold |= {
            (len(starts) + first, len(starts) + last, kind)
            for first, last, kind in spans_of([label for _, label in sentence])
        }
        for word, _ in sentence:
            starts.append(at)
            ends.append(at + len(word))
            parts += [word, " "]
            at += len(word) + 1
        parts[-1] = "\n"
    return Labelled("".join(parts), tuple(starts), tuple(ends), frozenset(gold))


def spans_of(labels: list[str]) -> Spans:
    """Return the spans of a sequence of BIO labels."""
    found: Spans = set()
    start, kind = -1, ""
    for index, label in enumerate([*labels, "O"]):
        if start >= 0 and label != f"I-{kind}":
            found.add((start, index, kind))
            start = -1
        if label != "O" and start < 0:
            start, kind = index, label[2:]
    return found


def words_of(labelled: Labelled, start_char: int, end_char: int) -> tuple[int, int]:
    """Return the words a span of characters touches."""
    first = next(i for i, end in enumerate(labelled.ends) if end > start_char)
    last = first
    while last < len(labelled.starts) and labelled.starts[last] < end_char:
        last += 1
    return first, last
