"""The words of the synthetic texts as `etl.terms` indexes them: each of the vocabulary once.

What each token is to the index is looked up by its number, so that no text is ever split in Python.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import feather

from etl.terms.index import Term, make_term
from etl.terms.words import split_words

TERMS, LISTS, OFFSETS = "terms.arrow", "lists.arrow", "offsets.arrow"


def index_tokens(
    folder: Path, tokens: Sequence[str], languages: Sequence[str], *, names: int
) -> None:
    """Write to `folder` which terms each token is in each language.

    The first `names` tokens are words, as many of each language in turn; the others stand in texts
    of all languages.
    """
    split = [split_words(token) for token in tokens]
    numbers: dict[Term, int] = {}
    counts, flat = array("i"), array("i")
    own = names // len(languages)
    for place, language in enumerate(languages):
        known: dict[str, int] = {}
        for number, words in enumerate(split):
            if number < names and number // own != place:
                counts.append(0)
                continue
            counts.append(len(words))
            for word in words:
                if word not in known:
                    term = make_term(word, language)
                    known[word] = numbers.setdefault(term, len(numbers))
                flat.append(known[word])
    offsets = pc.cumulative_sum(pa.array([0, *counts], pa.int32()))
    terms = pa.table({
        "term_no": pa.array(range(len(numbers)), pa.int32()),
        "form": [term.form for term in numbers],
        "stem": [term.stem for term in numbers],
        "form_key": pa.array([term.form_key for term in numbers], pa.uint64()),
        "stem_start": pa.array([term.stem_start for term in numbers], pa.uint32()),
        "stem_key": pa.array([term.stem_key for term in numbers], pa.uint64()),
    })  # fmt: skip
    for name, table in (
        (TERMS, terms),
        (LISTS, pa.table({"term_no": pa.array(flat, pa.int32())})),
        (OFFSETS, pa.table({"offset": offsets})),
    ):
        feather.write_feather(table, str(folder / name), compression="uncompressed")


class Words:
    """What `index_tokens` wrote, to be looked up in."""

    def __init__(self, folder: Path, *, token_count: int) -> None:
        read: dict[str, Any] = {
            name: feather.read_table(str(folder / name)).combine_chunks()
            for name in (TERMS, LISTS, OFFSETS)
        }
        self.terms: pa.Table = read[TERMS]
        self._lists = pa.ListArray.from_arrays(
            read[OFFSETS]["offset"].chunk(0), read[LISTS]["term_no"].chunk(0)
        )
        self._token_count = token_count

    def find(self, row_nos: pa.Array, languages: pa.Array, tokens: pa.Array) -> pa.Table:
        """Return the terms of tokens in the order of these, numbered in `word_no`."""
        keys = pc.add(pc.multiply(languages, pa.scalar(self._token_count, pa.int32())), tokens)
        lists = self._lists.take(keys)
        found = pc.list_flatten(lists)
        return pa.table({
            "row_no": row_nos.take(pc.list_parent_indices(lists)),
            "term_no": found,
            "word_no": pa.array(range(len(found)), pa.int32()),
        })  # fmt: skip
