"""A text in pieces, each told in one character what it may be: what grammars match on.

A piece is a word, a figure with its inner marks ("3:30", "2023-10-07"), white space, or one other
character. `Alphabet` gives each piece the character of the set of classes it belongs to, so the
grammar's patterns run over a string of the text's own length in pieces, and the words no grammar
knows are one and the same character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

PIECE = re.compile(r"[^\W\d_]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+(?:[.,:/][0-9]+)*|\s+|.", re.DOTALL)
OTHER, SPACE, BREAK, HYPHEN = "x", " ", "\n", "-"
_FIRST_CODE = 0xE000
_MAX_KEPT_CHARS, _MAX_KEPT = 24, 200_000

# The shapes of figures, first fitting first, and the classes a piece of the shape belongs to.
_SHAPES = tuple(
    (re.compile(pattern), frozenset(classes.split()))
    for pattern, classes in (
        (r"1[0-2]", "COUNT HOUR DOM MONTHNUM TWO"),
        (r"[1-9]", "COUNT HOUR DOM MONTHNUM"),
        (r"0[1-9]", "COUNT HOUR DOM MONTHNUM TWO SHORTYEAR"),
        (r"00", "COUNT HOUR TWO SHORTYEAR"),
        (r"0", "COUNT HOUR"),
        (r"20", "COUNT HOUR DOM TWO TENYEARS"),
        (r"30", "COUNT DOM TWO TENYEARS"),
        (r"1[3-9]", "COUNT HOUR DOM TWO"),
        (r"2[0-4]", "COUNT HOUR DOM TWO"),
        (r"2[5-9]|3[01]", "COUNT DOM TWO"),
        (r"[2-9]0", "COUNT TENYEARS SHORTYEAR TWO"),
        (r"[3-9][0-9]", "COUNT SHORTYEAR TWO"),
        (r"[1-9][0-9]{2}", "COUNT OLDYEAR"),
        (r"19[0-9]0|20[0-4]0", "COUNT YEAR DECADE FOURS"),
        (r"19[0-9]{2}|20[0-4][0-9]", "COUNT YEAR FOURS"),
        (r"1[0-8][0-9]0", "COUNT EARLYYEAR DECADE FOURS"),
        (r"1[0-8][0-9]{2}", "COUNT EARLYYEAR FOURS"),
        (r"2[0-9]{3}", "COUNT LATEYEAR FOURS"),
        (r"0[0-9][0-5][0-9]", "COUNT FOURS"),
        (r"(?:19|20)[0-9]{2}/(?:(?:19|20)[0-9]{2}|[0-9]{2})", "YEARPAIR"),
        (r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?", "CLOCK"),
        (r"[0-2]?[0-9]\.[0-5][0-9]", "DOTCLOCK COUNT"),
        (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "ISODATE"),
        (r"[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[12][0-9]{3}|[0-9]{2})", "FIGUREDATE"),
        (r"[0-9]{1,2}\.[0-9]{1,2}", "DAYMONTH COUNT"),
        (r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}[.,][0-9]{1,2}", "COUNT"),
        (r"1/2", "HALF"),
        (r"[0-9]{1,4}", "COUNT"),
    )
)  # fmt: skip


def classes_of_figure(figure: str) -> frozenset[str]:
    """Return what a figure may be; nothing for what is no part of a date."""
    if len(figure) > _MAX_KEPT_CHARS:
        return frozenset()
    return next((kinds for shape, kinds in _SHAPES if shape.fullmatch(figure)), frozenset())


class Alphabet(dict[str, str]):
    """The character of each piece; `words` says which classes each word belongs to."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._codes: dict[frozenset[str], str] = {frozenset(): OTHER}
        for kinds in (kinds for _, kinds in _SHAPES):
            self._code(kinds)
        self._own = {word: self._code(frozenset(classes)) for word, classes in words.items()}
        self._own |= {" ": SPACE, "-": HYPHEN}
        super().__init__(self._own)

    def _code(self, classes: frozenset[str]) -> str:
        return self._codes.setdefault(classes, chr(_FIRST_CODE + len(self._codes)))

    def chars_of(self, name: str) -> str:
        """Return the characters of all pieces that belong to the class `name`."""
        if name == f"={HYPHEN}":
            return HYPHEN
        return "".join(code for classes, code in self._codes.items() if name in classes)

    def codes(self) -> tuple[str, ...]:
        """Return the characters of all sets of classes."""
        return tuple(self._codes.values())

    def chars_beyond(self, names: frozenset[str]) -> str:
        """Return the characters of all pieces that belong to a class not among `names`."""
        return "".join(code for classes, code in self._codes.items() if classes - names)

    def __missing__(self, piece: str) -> str:
        """Return the character of a piece that is no word of the grammar, and keep it."""
        if piece[0] in "0123456789":
            char = self._codes[classes_of_figure(piece)]
        elif piece[0].isspace():
            char = BREAK if piece.count("\n") > 1 else SPACE
        else:
            char = OTHER
        if len(piece) <= _MAX_KEPT_CHARS:
            # What is kept is a cache: it saves a call for each word that comes again.
            if len(self) > _MAX_KEPT:
                self.clear()
                self.update(self._own)
            self[piece] = char
        return char
