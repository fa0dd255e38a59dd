"""What the model marks in a text: names, sums and dates, by the nine types it was taught."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from etl.tag.model.agreement import Marked, agree
from etl.tag.model.labels import Name, best_path, find_names
from etl.tag.model.network import load_network, load_tokenizer
from etl.tag.model.windows import cut_windows
from etl.tag.model.words import PARAGRAPH, Words, read_words

_EDGES = frozenset(' \n\t,;:"\u201c\u201d')


def read_marks(text: str) -> tuple[Marked, ...]:
    """Return what the model marks in an English text, in order, none overlapping."""
    marks = [
        mark
        for words in read_words(text, load_tokenizer())
        for first, last in cut_windows(words)
        for mark in _read_window(text, words, first, last)
    ]
    return agree(text, marks)


def _read_window(text: str, words: Words, first: int, last: int) -> Iterator[Marked]:
    begin = words.firsts[first]
    end = words.firsts[last] if last < len(words.firsts) else len(words.ids)
    near = words.near[begin:end]
    if not near.any():
        return
    scores = load_network().score(
        words.ids[begin:end], words.cases[begin:end], words.lists[begin:end], near
    )
    # Of the pieces of a word the first tells what it is; the scores are of those that are near.
    firsts = words.firsts[first:last] - begin
    rows = (np.cumsum(near) - 1)[firsts[near[firsts]]]
    of_words = np.flatnonzero(near[firsts]) + first
    if not len(rows):
        return
    # No name goes on beyond a word that may be of none, or into the next paragraph.
    is_apart = (np.diff(of_words) > 1) | (words.breaks[of_words[1:]] == PARAGRAPH)
    gaps = np.flatnonzero(is_apart) + 1
    for numbers, run in zip(np.split(of_words, gaps), np.split(scores[rows], gaps), strict=True):
        for name in find_names(best_path(run), run):
            start = int(words.starts[numbers[name.first]])
            end = int(words.ends[numbers[name.last - 1]])
            yield from _trim(text, start, end, name)


def _trim(text: str, start: int, end: int, name: Name) -> Iterator[Marked]:
    """Yield the mark of a name without signs at its ends that are no part of any: "Friday ,"."""
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    if start < end:
        yield Marked(
            start_char=start, end_char=end, kind=name.kind, score=max(round(name.score, 3), 0.001)
        )
