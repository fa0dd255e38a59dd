"""A sample of an article's word 5-grams that any two articles take alike."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

SHINGLE_WORDS = 5
SAMPLED_OF = 32
FEWEST = 8


def sample_shingles(tokens: Sequence[str]) -> tuple[int, ...]:
    """Return 32-bit keys of some of the word 5-grams of `tokens`, ascending, each once.

    Kept are the keys that 32 divides, which is the same choice in every article (FracMinHash), and
    the 8 smallest whatever divides them, so that short articles have some. A text shorter than
    5 words is one shingle; no words, none. The same in every process and on every machine.
    """
    if not tokens:
        return ()
    words = [token.encode() for token in tokens]
    width = min(len(words), SHINGLE_WORDS)
    shingles = zip(*(words[first:] for first in range(width)), strict=False)
    # A sum of 32 bits is all a key holds, so a hash that nobody can aim at would buy nothing.
    ascending = sorted(set(map(crc32, map(b" ".join, shingles))))
    larger = ascending[FEWEST:]
    return (*ascending[:FEWEST], *(key for key in larger if key % SAMPLED_OF == 0))
