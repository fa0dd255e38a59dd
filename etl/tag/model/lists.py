"""What the word lists know of the words of a text: a hint to the model, which may know better.

The lists were there when the model was trained: who changes one changes what the model is told,
and trains it anew if it is more than a few names.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from etl.tag.gazetteer import english_names
from etl.tag.lexicon import family_names, first_names, read_lines
from etl.tag.model.letters import CASELESS, HYPHEN, LOWER, SIGN
from etl.tag.names import fold_name
from etl.tag.towns import list_cities

LIST_COUNT = 7
PLACE, TOWN, PEOPLE, ORGANISATION, FIRST_NAME, FAMILY_NAME, EVENT = (
    1 << number for number in range(LIST_COUNT)
)
_BITS = {"GPE": PLACE, "LOC": PLACE, "NORP": PEOPLE, "ORG": ORGANISATION}
_LONGEST = 5
_WORD = re.compile(r"\w+|[^\w\s]")
_NO_NAME = frozenset({LOWER, SIGN, HYPHEN, CASELESS})


def find_listed(words: list[str], cases: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, by word, which lists the longest listed name it stands in is on, as a sum of bits.

    Names are looked for where a word begins with a capital or a digit.
    """
    listed = np.zeros(len(words), dtype=np.int64)
    lowered = [word.lower() for word in words]
    names, openers = _names()
    end = 0
    for index, case in enumerate(cases.tolist()):
        if index < end or case in _NO_NAME:
            continue
        most = openers.get(lowered[index], 0)
        for length in range(min(most, len(words) - index), 0, -1):
            bits = names.get(" ".join(lowered[index : index + length]))
            if bits:
                end = index + length
                listed[index:end] = bits
                break
    return listed


@cache
def _names() -> tuple[dict[str, int], dict[str, int]]:
    """Return the bits of each name, and the words of the longest name that begins with a word."""
    names: dict[str, int] = {}
    openers: dict[str, int] = {}
    entries = [(name, _BITS[known.kind]) for name, known in english_names().items()]
    entries += ((city.name, TOWN) for city in list_cities())
    entries += ((name, FIRST_NAME) for name in first_names())
    entries += ((name, FAMILY_NAME) for name in family_names())
    entries += ((name, EVENT) for line in read_lines("events.txt") for name in line.split("|"))
    for name, bit in entries:
        for key in _keys(name):
            words = key.split(" ")
            if len(words) <= _LONGEST:
                names[key] = names.get(key, 0) | bit
                openers[words[0]] = max(openers.get(words[0], 0), len(words))
    return names, openers


def _keys(name: str) -> set[str]:
    """Return a name as the words of a text are compared: signs apart, with and without accents."""
    if name.isascii():
        lowered = name.lower()
        is_plain = lowered.replace(" ", "").isalnum()
        return {lowered if is_plain else " ".join(_WORD.findall(lowered))}
    return {" ".join(_WORD.findall(name.lower())), fold_name(name)}
