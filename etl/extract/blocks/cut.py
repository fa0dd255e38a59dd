"""Which blocks make the text, given the chance of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.extract.blocks.columns import Columns
from etl.extract.blocks.cues import ASKING_WORDS, WORD_CUE_NAMES
from etl.extract.blocks.walk import PLACE_NAMES

_LEAST_WORDS = 0.5
_ALL_LINK = 0.95
_TEASER_CHARS = 60
_TAKEN = 0.85
_PROMPT_CHARS = 400
_COPY_CHARS = 1_000
_COVERED = 0.7  # not all: runs of words that go over the end of a paragraph are in no other block
_AS_MUCH = 0.7
_IN_ASIDE = f"place_{PLACE_NAMES.index('aside')}"


class Cut(NamedTuple):
    """Which blocks are kept, and the F1 that is to be expected of them, by words."""

    is_kept: NDArray[np.bool_]
    expected: float


def choose_blocks(chances: NDArray[np.float64], words: NDArray[np.float64]) -> Cut:
    """Return the blocks to keep so that the expected F1 of the text is highest.

    With blocks in order of their chance, the F1 to be expected of the first so many is twice the
    text expected in them, over their size and all text expected in the page. Whatever is kept, a
    block that has the chance of the last one kept is kept too: order decides nothing.
    """
    words = np.maximum(words, _LEAST_WORDS)  # a dash has none
    order = np.argsort(-chances, kind="stable")
    sorted_chances, sorted_words = chances[order], words[order]
    expected = sorted_chances * sorted_words
    scores = 2 * np.cumsum(expected) / (np.cumsum(sorted_words) + expected.sum())
    last = int(np.argmax(scores))
    return Cut(chances >= sorted_chances[last], float(scores[last]))


def settle_blocks(is_kept: NDArray[np.bool_], columns: Columns) -> NDArray[np.bool_]:
    """Return which blocks are kept once four things are put right that chances do not know.

    A line that is one link and long is a teaser of another article. What asks for a subscription, a
    donation or consent, in a box called after it, is no text of the article. A table that follows
    kept text, and that the extractor took, is kept whole: rows are short, and no row tells what the
    table is. A long block that says once more what the others say is a copy for scripts.
    """
    is_teaser = (
        (columns["linked"] >= _ALL_LINK)
        & (columns["chars"] >= _TEASER_CHARS)
        & (columns["is_heading"] == 0)
    )
    settled: NDArray[np.bool_] = is_kept & ~is_teaser & ~_find_prompts(columns)
    settled &= ~_find_copies(settled, columns)
    is_row = (columns["cells"] > 1) & (columns["in_extractor"] > _TAKEN)
    for place in np.flatnonzero(is_row):
        settled[place] |= place > 0 and settled[place - 1]
    return settled


def _find_prompts(columns: Columns) -> NDArray[np.bool_]:
    is_named = (columns["own_prompt"] + columns["near_prompt"]) > 0
    asking = [columns[f"word_{WORD_CUE_NAMES.index(name)}"] for name in sorted(ASKING_WORDS)]
    found: NDArray[np.bool_] = (
        is_named & (np.sum(asking, axis=0) > 0) & (columns["chars"] < _PROMPT_CHARS)
    )
    return found


def _find_copies(is_kept: NDArray[np.bool_], columns: Columns) -> NDArray[np.bool_]:
    """Return the blocks that only say once more what others say.

    Those are long ones whose words stand in other kept blocks, which hold about as much (some sites
    carry the whole text once more for their scripts), and pull quotes.
    """
    chars = columns["chars"]
    is_copy = is_kept & (chars > _COPY_CHARS) & (columns["covered"] > _COVERED)
    rest = chars[is_kept & ~is_copy].sum()
    # Of two copies that are both quotes one has to stay: an aside is never the text's own.
    is_aside = columns[_IN_ASIDE] > 0
    is_said = (columns["covered"] > _COVERED) | (is_aside & (columns["copies"] > 1))
    is_quote = (columns["own_quote"] + columns["near_quote"] > 0) & is_said
    found: NDArray[np.bool_] = is_copy & (rest >= _AS_MUCH * chars) | is_quote
    return found
