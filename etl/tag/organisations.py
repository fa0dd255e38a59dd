"""The organisations an article names in full, and what it calls them for short."""

from __future__ import annotations

import re

from etl.tag.lexicon import cue_words
from etl.tag.names import bare_name

_SMALL_WORDS = frozenset(
    {"of", "the", "for", "and", "de", "des", "du", "la", "del", "&", "on", "in"}
)
_MIN_ACRONYM_CHARS = 2
_MIN_SHORT_CHARS = 4
_BRACKETED = re.compile(r"\s*\(\s*[\"'\u201c\u2018]?([^\W\d_][\w.&-]{1,11})[\"'\u201d\u2019]?\s*\)")


class Organisations:
    """The organisations of an article by the short forms it may use of them."""

    def __init__(self, text: str, named: list[tuple[int, int]]) -> None:
        """`named`: where names of organisations start and end in `text`, in order."""
        self._full: dict[str, str] = {}
        said: dict[str, str] = {}
        for start, end in named:
            name = " ".join(text[start:end].split())
            said.setdefault(bare_name(name), name)
            bracketed = _BRACKETED.match(text, end)
            if bracketed and _abbreviates(bracketed[1], name):
                self._full.setdefault(bare_name(bracketed[1]), name)
        for name in said.values():
            for letters in _initials(name):
                self._full.setdefault(letters, name)
        for name in said.values():
            short = _without_form(name)
            if short != bare_name(name) and len(short) >= _MIN_SHORT_CHARS:
                self._full.setdefault(short, name)

    def full_name(self, name: str) -> str:
        """Return the name in full of the organisation the article calls `name`."""
        shown = " ".join(name.split())
        return self._full.get(bare_name(shown), shown)


def _abbreviates(short: str, name: str) -> bool:
    """Return whether letters of `short` begin words of `name`, in order: ("ECOWAS", "CBN")."""
    rest = iter(bare_name(name).replace(" ", ""))
    letters = bare_name(short).replace(" ", "")
    return len(letters) < len(name) and all(letter in rest for letter in letters)


def _initials(name: str) -> list[str]:
    """Return the initials of a name, with and without those of its small words."""
    words = [word for part in name.split() for word in part.split("-") if word]
    if len(words) < _MIN_ACRONYM_CHARS:
        return []
    every = "".join(word[0] for word in words if word[0].isalpha()).casefold()
    large = "".join(
        word[0] for word in words if word[0].isalpha() and word.casefold() not in _SMALL_WORDS
    ).casefold()
    return [letters for letters in (large, every) if len(letters) >= _MIN_ACRONYM_CHARS]


def _without_form(name: str) -> str:
    """Return the folded name without the legal form behind it: "Norsk Hydro ASA"."""
    words = bare_name(name).split()
    forms = {word.rstrip(".").casefold() for word in cue_words("legal_forms")}
    while len(words) > 1 and words[-1] in forms:
        words.pop()
    return " ".join(words)
