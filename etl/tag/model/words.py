"""A text as the model reads it: words, the pieces they are made of, and where to cut between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from etl.tag.model.letters import case_of, near_names
from etl.tag.model.lists import find_listed

WITHIN, BETWEEN, SENTENCE, PARAGRAPH = range(4)
_STRETCH_CHARS = 50_000
_HALF = re.compile("[\ud800-\udfff]")
_SENTENCE_ENDS = frozenset('.!?\u2026:;"\u201d\u00bb')


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a stretch of text; each mark of punctuation is one.

    By piece: `ids`, `cases`, `lists` (what the lists know), `near` (may be of a name). By word:
    `firsts`, the number of its first piece; `starts` and `ends`, offsets into the text; `breaks`,
    how good a place to cut before it is.
    """

    ids: NDArray[np.int64]
    cases: NDArray[np.int64]
    lists: NDArray[np.int64]
    near: NDArray[np.bool_]
    firsts: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    breaks: NDArray[np.int64]


def read_words(text: str, tokenizer: Tokenizer) -> Iterator[Words]:
    """Yield the words of `text`, a stretch of some thousands at a time, in order."""
    start = 0
    while start < len(text):
        stop = _stretch_end(text, start)
        words = _read_stretch(text[start:stop], tokenizer, start)
        if words:
            yield words
        start = stop


def _stretch_end(text: str, start: int) -> int:
    """Return where a stretch from `start` ends: at a blank, unless there is none for long."""
    stop = start + _STRETCH_CHARS
    if stop >= len(text):
        return len(text)
    for sign in ("\n", " "):
        blank = text.rfind(sign, start + _STRETCH_CHARS // 2, stop)
        if blank >= 0:
            return blank + 1
    return stop


def _read_stretch(text: str, tokenizer: Tokenizer, offset: int) -> Words | None:
    # Half a character, which JSON can say, is none the tokenizer takes.
    encoding = tokenizer.encode(_HALF.sub("\ufffd", text), add_special_tokens=False)
    if not encoding.ids:
        return None
    of_word = np.array(encoding.word_ids, dtype=np.int64)
    spans = np.array(encoding.offsets, dtype=np.int64)
    firsts = np.flatnonzero(np.diff(of_word, prepend=-1))
    starts = spans[firsts, 0]
    ends = spans[np.append(firsts[1:], len(of_word)) - 1, 1]
    surfaces = [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    cases = np.array([case_of(surface) for surface in surfaces], dtype=np.int64)
    lengths = np.diff(firsts, append=len(of_word))
    return Words(
        ids=np.array(encoding.ids, dtype=np.int64),
        cases=np.repeat(cases, lengths),
        lists=np.repeat(find_listed(surfaces, cases), lengths),
        near=np.repeat(near_names(cases), lengths),
        firsts=firsts,
        starts=starts + offset,
        ends=ends + offset,
        breaks=np.array(_find_breaks(text, surfaces, starts.tolist(), ends.tolist())),
    )


def _find_breaks(text: str, surfaces: list[str], starts: list[int], ends: list[int]) -> list[int]:
    breaks = [PARAGRAPH]
    for index in range(1, len(surfaces)):
        end, start = ends[index - 1], starts[index]
        if end == start:
            breaks.append(WITHIN)
        elif "\n" in text[end:start]:
            breaks.append(PARAGRAPH)
        else:
            breaks.append(SENTENCE if surfaces[index - 1] in _SENTENCE_ENDS else BETWEEN)
    return breaks
