"""A sample of a text's word 5-grams that any two texts take alike."""

from __future__ import annotations

from hashlib import blake2b
from itertools import repeat
from zlib import crc32

SHINGLE_WORDS = 5
SAMPLED_OF = 32
FEWEST = 8
LARGEST_KEY = (1 << 31) - 1
"""Larger keys are of paragraphs."""


def sample_shingles(codes: str) -> tuple[int, ...]:
    """Return 31-bit keys of some of the word 5-grams of `codes`, ascending, each once.

    Chosen are those whose sum 32 divides, which is the same choice in every article (FracMinHash),
    and of the 8 smallest sums whatever divides them, so that short articles have some. A text
    shorter than 5 words is one shingle; no words, none. The same in every process and on every
    machine.

    A key is no sum but another hash: sums that were chosen for being small, or by their last bits,
    are few. Of 10 million articles most met one another by such keys, of 100 million all would.

    Args:
        codes: a character a word, as in a sketch without its paragraph breaks.
    """
    if not codes:
        return ()
    width = min(len(codes), SHINGLE_WORDS)
    raw = codes.encode("utf-16-le")
    cuts = map(slice, range(0, len(raw) - 2 * width + 2, 2), range(2 * width, len(raw) + 2, 2))
    shingles = list(map(bytes.__getitem__, repeat(raw), cuts))
    # Made of every 5-gram, so the cheapest: a hash that nobody can aim at would buy nothing here.
    by_sum = dict(zip(map(crc32, shingles), shingles, strict=True))
    ascending = sorted(by_sum)
    chosen = (*ascending[:FEWEST], *(one for one in ascending[FEWEST:] if one % SAMPLED_OF == 0))
    return tuple(sorted({_hash_shingle(by_sum[one]) for one in chosen}))


def _hash_shingle(shingle: bytes) -> int:
    return int.from_bytes(blake2b(shingle, digest_size=4).digest(), "little") & LARGEST_KEY
