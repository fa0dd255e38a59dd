"""Sentences by what they say: spaces and the shapes of quotes and dashes aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from etl.words import split_sentences

REMEMBERED = 1024
"""Lines and sentences whose answers are remembered: two versions of a text share most of theirs."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
# Content systems turn these into one another when a page is merely saved again.
_SHAPES = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
    }
)


@lru_cache(REMEMBERED)
def key_of_signs(text: str) -> str:
    """Return what two spellings share that differ in spaces and the shapes of quotes and dashes.

    Letters, case, figures and every other sign stay.
    """
    shaped = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_SHAPES)
    return " ".join(shaped.split())


@lru_cache(REMEMBERED)
def list_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of `text` in order."""
    return tuple(text[start:end] for start, end in split_sentences(text))
