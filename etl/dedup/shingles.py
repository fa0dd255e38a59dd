"""A sample of a text's word 5-grams that any two texts take alike."""

from __future__ import annotations

from itertools import repeat
from zlib import crc32

SHINGLE_WORDS = 5
SAMPLED_OF = 32
FEWEST = 8
LARGEST_KEY = (1 << 31) - 1
"""Larger keys are of paragraphs."""


def sample_shingles(codes: str) -> tuple[int, ...]:
    """Return 31-bit keys of some of the word 5-grams of `codes`, ascending, each once.

    Kept are the keys that 32 divides, which is the same choice in every article (FracMinHash), and
    the 8 smallest whatever divides them, so that short articles have some. A text shorter than
    5 words is one shingle; no words, none. The same in every process and on every machine.

    Args:
        codes: a character a word, as in a sketch without its paragraph breaks.
    """
    if not codes:
        return ()
    width = min(len(codes), SHINGLE_WORDS)
    raw = codes.encode("utf-16-le")
    cuts = map(slice, range(0, len(raw) - 2 * width + 2, 2), range(2 * width, len(raw) + 2, 2))
    # A sum of 32 bits is all a key holds, so a hash that nobody can aim at would buy nothing.
    sums = map(crc32, map(bytes.__getitem__, repeat(raw), cuts))
    ascending = sorted({key & LARGEST_KEY for key in sums})
    larger = ascending[FEWEST:]
    return (*ascending[:FEWEST], *(key for key in larger if key % SAMPLED_OF == 0))
