"""What can be said of each block of a page: the columns that the forest judges by."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from etl.extract.blocks.columns import Columns, spread_bits
from etl.extract.blocks.cues import STOP_WORDS, WORD_CUES, find_word_cues
from etl.extract.blocks.evidence import Evidence, measure_support, words_of
from etl.extract.blocks.order import measure_neighbours, measure_order
from etl.extract.blocks.places import measure_places, measure_titles
from etl.extract.blocks.surroundings import measure_surroundings
from etl.extract.blocks.walk import Block

_ENDS = frozenset(".!?\u2026\u3002\uff01\uff1f\u0964\u061f")
_CLOSERS = "\"'\u201d\u2019\u00bb)\u300d "
_CUED_WORDS = 40
_RUN_WORDS = 6
_COMPARED_WORDS = 60_000


class Said(NamedTuple):
    """What other readings of the page say."""

    title: str
    extractor: Evidence
    stated: Evidence
    summary: Evidence


def measure_blocks(blocks: list[Block], said: Said) -> Columns:
    """Return the traits of `blocks`, a column each, in their order."""
    columns = _measure_texts(blocks, said)
    columns |= measure_places(blocks)
    columns |= measure_titles(blocks, columns, said.title)
    columns |= measure_surroundings(blocks, columns)
    columns |= measure_order(columns)
    columns |= measure_neighbours(columns)
    return columns


def _measure_texts(blocks: list[Block], said: Said) -> Columns:
    split = [words_of(block.text) for block in blocks]
    keys = ["".join(words) for words in split]
    table = np.array(
        [_measure_text(*one, said) for one in zip(blocks, split, keys, strict=True)], np.float64
    )
    columns = {name: table[:, place] for place, name in enumerate(_TEXT_TRAITS)}
    counts = Counter(keys)
    columns["copies"] = np.array([counts[key] for key in keys], np.float64)
    columns["covered"] = np.array(_measure_cover(split, keys), np.float64)
    word_cues = np.array([find_word_cues(words[:_CUED_WORDS]) for words in split])
    columns |= spread_bits("word", word_cues, WORD_CUES)
    return columns


def _measure_cover(split: list[list[str]], keys: list[str]) -> list[float]:
    """Return which share of each block's runs of words other blocks have too, copies apart.

    Nothing of it in a page that is longer than any article: it is not worth the memory.
    """
    if sum(map(len, split)) > _COMPARED_WORDS:
        return [0.0] * len(split)
    runs = {
        key: set(zip(*(words[shift:] for shift in range(_RUN_WORDS)), strict=False))
        for key, words in zip(keys, split, strict=True)
    }
    holders: Counter[tuple[str, ...]] = Counter()
    for own in runs.values():
        holders.update(own)
    shares = {
        key: sum(holders[run] > 1 for run in own) / max(1, len(own)) for key, own in runs.items()
    }
    return [shares[key] for key in keys]


_TEXT_TRAITS = (
    "chars", "words", "word_chars", "stops", "linked", "links", "bold", "slanted", "digits",
    "uppers", "commas", "ends_whole", "ends_colon", "starts_upper", "starts_quote", "sentences",
    "wide", "cells", "after_break", "in_extractor", "in_stated", "in_summary", "bars", "at_sign",
    "starts_mark",
)  # fmt: skip


def _measure_text(block: Block, words: list[str], key: str, said: Said) -> tuple[float, ...]:
    text = block.text
    size = len(text)
    count = len(words) or 1
    stripped = text.rstrip(_CLOSERS)
    last = stripped[-1:] or " "
    first = text[0]
    wide = 0 if text.isascii() else sum(map("\u3040".__lt__, text))
    return (
        size + 2 * wide,
        max(len(words), wide / 2),
        len(key) / count,
        sum(map(STOP_WORDS.__contains__, words)) / count,
        min(1.0, block.linked / size),
        block.links,
        min(1.0, block.bold / size),
        min(1.0, block.slanted / size),
        sum(map(str.isdigit, words)) / count,
        sum(map(str.isupper, text)) / size if size < 300 else 0.02,  # noqa: PLR2004
        text.count(",") / size * 100,
        last in _ENDS,
        last == ":",
        first.isupper(),
        first in "\"'\u201c\u201e\u00ab\u2018",
        text.count(". ") + text.count("? ") + text.count("! ") + text.count("\u3002"),
        wide / size,
        block.cells,
        block.after_break,
        measure_support(key, said.extractor),
        measure_support(key, said.stated),
        measure_support(key, said.summary),
        text.count("|") + text.count("\u2022") + text.count("\u00bb") + text.count(">"),
        "@" in text or "://" in text or "www." in text,
        not first.isalnum(),
    )
