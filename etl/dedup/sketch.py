"""What of a text is kept to be compared with others: its words, a code each, and which are facts.

A sketch takes some 900 bytes for 400 words, is made once where the article is refined, and is all
that comparing two articles needs: nobody reads or cuts a text again.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from etl.dedup.shingles import LARGEST_KEY, sample_shingles
from etl.records import Sketch
from etl.words import normalize, tokenize

PLAIN, NAME, FIGURE, UNCASED = range(4)
"""What a word may be: none of these, a name, a figure; of a script without capitals, a word that
may be a name."""

BREAK = "\0"
"""Stands between paragraphs."""

_CODES = 0xD7FF
"""Codes are 1 to 55,295: below what UTF-16 keeps for pairs, so that a code is two bytes."""

_SHOUTED = 0.6
"""Of a paragraph's words in capitals, from which capitals say nothing."""

_UNCASED_LETTERS = 4
"""Words without capitals have as many letters or more to be held for a fact, or are unspaced."""

_SKELETON_WORDS = 5
"""A paragraph needs as many words that are no facts to be told by them."""

_HEAD = struct.Struct("<HHI")
_UNPACKED = [bytes((byte >> 2 * place) & 3 for place in range(4)) for byte in range(256)]


def sketch_text(title: str, paragraphs: Sequence[str]) -> Sketch:
    """Return the sketch of a text, given in paragraphs; the same in every process."""
    spelt = [tokenize(part) for part in paragraphs]
    lower = {word for words in spelt for word in words if not word[:1].isupper()}
    codes, kinds, keys = [], [], []
    for part, words in zip(paragraphs, spelt, strict=True):
        folded = tokenize(normalize(part))
        if not folded:
            continue
        marked = _mark_facts(words, folded, lower)
        codes.append("".join(map(_encode, folded)))
        kinds.append(marked)
        keys.append(_key_of_skeleton(folded, marked))
    return Sketch(
        title="".join(map(_encode, tokenize(normalize(title)))),
        codes=BREAK.join(codes),
        kinds=b"".join(kinds),
        paragraph_keys=tuple(keys),
    )


@lru_cache(maxsize=1 << 17)
def _encode(word: str) -> str:
    """Return the code of a normalised word; of its Latin accents none: some sites drop them."""
    bare = word
    if not word.isascii():
        parted = unicodedata.normalize("NFD", word)
        bare = "".join(sign for sign in parted if not "\u0300" <= sign <= "\u036f") or word
    return chr(1 + crc32(bare.encode("utf-8", "surrogatepass")) % _CODES)


def _mark_facts(words: Sequence[str], folded: Sequence[str], lower: set[str]) -> bytes:
    """Return the kind of each word of a paragraph.

    A name is written with a capital, is not the paragraph's first word, and stands nowhere in the
    text without one. Where all is capitals, or folding cut the words anew, only figures are told.
    """
    is_told = len(words) == len(folded) and not _is_shouted(words)
    kinds = bytearray(map(_kind_of, words if is_told else folded))
    for place, fold in enumerate(folded):
        if kinds[place] == NAME and (place == 0 or fold in lower):
            kinds[place] = PLAIN
    return bytes(kinds)


@lru_cache(maxsize=1 << 17)
def _kind_of(word: str) -> int:
    """Return the kind a word looks like, wherever it stands."""
    if word[0].isupper():
        return NAME
    if word.islower():
        return FIGURE if word[0].isdigit() else PLAIN
    if any(letter.isdigit() for letter in word):
        return FIGURE
    return UNCASED if _may_be_name(word) else PLAIN


def _may_be_name(word: str) -> bool:
    """Say if a word of a script without capitals is content: kana and short words are grammar."""
    first = word[0]
    is_unspaced = "\u3400" <= first <= "\u9fff" or "\u30a1" <= first <= "\u30ff"
    return is_unspaced or (len(word) >= _UNCASED_LETTERS and first.isalpha())


def _is_shouted(words: Sequence[str]) -> bool:
    return sum(map(str.isupper, words)) > _SHOUTED * len(words)


def _key_of_skeleton(folded: Sequence[str], marked: bytes) -> int:
    """Return a key, its top bit set, of a paragraph without its facts; 0 = too little is left."""
    frame = [word for word, kind in zip(folded, marked, strict=True) if kind in {PLAIN, UNCASED}]
    if len(frame) < _SKELETON_WORDS:
        return 0
    return crc32(" ".join(frame).encode("utf-8", "surrogatepass")) | LARGEST_KEY + 1


def pack_sketch(sketch: Sketch) -> bytes:
    """Return a sketch as bytes, two for a code and a quarter for its kind."""
    kinds = sketch.kinds + bytes(-len(sketch.kinds) % 4)
    packed = bytes(
        a | b << 2 | c << 4 | d << 6
        for a, b, c, d in zip(kinds[::4], kinds[1::4], kinds[2::4], kinds[3::4], strict=True)
    )
    keys = sketch.paragraph_keys
    return b"".join((
        _HEAD.pack(len(sketch.title), len(keys), len(sketch.codes)),
        sketch.title.encode("utf-16-le"), struct.pack(f"<{len(keys)}I", *keys),
        sketch.codes.encode("utf-16-le"), packed,
    ))  # fmt: skip


def unpack_sketch(packed: bytes) -> Sketch:
    """Return the sketch that `pack_sketch` packed."""
    title_words, key_count, code_count = _HEAD.unpack_from(packed)
    keys_at = _HEAD.size + 2 * title_words
    codes_at = keys_at + 4 * key_count
    kinds_at = codes_at + 2 * code_count
    codes = packed[codes_at:kinds_at].decode("utf-16-le")
    kinds = b"".join(map(_UNPACKED.__getitem__, packed[kinds_at:]))
    return Sketch(
        title=packed[_HEAD.size : keys_at].decode("utf-16-le"),
        codes=codes,
        kinds=kinds[: code_count - codes.count(BREAK)],
        paragraph_keys=struct.unpack_from(f"<{key_count}I", packed, keys_at),
    )


def list_keys(sketch: Sketch) -> tuple[int, ...]:
    """Return what an article is found by: sampled shingles and paragraphs, ascending, each once."""
    shingles = sample_shingles(sketch.codes.replace(BREAK, ""))
    return tuple(sorted({*shingles, *filter(None, sketch.paragraph_keys)}))
