"""An article's words with their places: what it adds to the index."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from hashlib import md5
from typing import NamedTuple
from unicodedata import normalize

from etl.records import Indexed
from etl.terms.stems import stem
from etl.terms.words import fold, split_words

BODY_AT = 256
"""Places below are the title's; one stays free between the two, so no phrase spans both."""

MOST_WORDS = 65_000
"""Of a text; places are 16 bits. Longer texts are found by their first 65,000 words."""

_REMEMBERED = 1 << 17


class Term(NamedTuple):
    """A word in its folded form and its stem, and what the index sorts by."""

    form: str
    stem: str
    form_key: int
    stem_start: int
    stem_key: int


_TERMS: dict[tuple[str | None, str], Term] = {}


def make_key(word: str) -> int:
    """Return the first 64 bits of the word's MD5, which SQL computes alike in every version."""
    return int.from_bytes(md5(word.encode(), usedforsecurity=False).digest()[:8], "big")


def make_term(word: str, language: str | None) -> Term:
    """Return a word's folded form and stem."""
    # News says the same words: nineteen in twenty are remembered.
    found = _TERMS.get((language, word))
    if found is None:
        form, stemmed = fold(word), stem(word, language)
        start = int.from_bytes(stemmed.encode()[:4].ljust(4, b"\0"), "big")
        found = Term(form, stemmed, make_key(form), start, make_key(stemmed))
        if len(_TERMS) >= _REMEMBERED:
            _TERMS.clear()
        _TERMS[language, word] = found
    return found


def index_words(*, title: str, text: str, language: str | None) -> Indexed:
    """Return the words of an article with their places.

    Args:
        title: its first 255 words count.
        text: its first 65,000 words count.
        language: ISO 639-1; decides the stems.
    """
    in_title = split_words(_readable(title))[: BODY_AT - 1]
    in_text = split_words(_readable(text))[:MOST_WORDS]
    spelled: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(in_title):
        spelled[word].append(place)
    for place, word in enumerate(in_text, BODY_AT):
        spelled[word].append(place)
    places: dict[Term, list[int]] = {}
    for word, at in spelled.items():
        term = make_term(word, language)
        if term.form:
            places[term] = sorted(places[term] + at) if term in places else at
    counts = [bisect_left(at, BODY_AT) for at in places.values()]
    return Indexed(
        title_words=len(in_title),
        text_words=len(in_text),
        forms=tuple(term.form for term in places),
        stems=tuple(term.stem for term in places),
        form_keys=tuple(term.form_key for term in places),
        stem_starts=tuple(term.stem_start for term in places),
        stem_keys=tuple(term.stem_key for term in places),
        title_counts=tuple(counts),
        text_counts=tuple(
            len(at) - count for at, count in zip(places.values(), counts, strict=True)
        ),
        places=tuple(map(tuple, places.values())),
    )


def _readable(text: str) -> str:
    """Return `text` in NFC and without halves of surrogate pairs, as it will be stored."""
    return normalize("NFC", text.encode("utf-8", "replace").decode())
