"""Two wordings of a sentence, compared word by word."""

from __future__ import annotations

import difflib

Pieces = list[tuple[str, bool]]


def compare_words(was: str, now: str) -> tuple[Pieces, Pieces]:
    """Return both sentences in pieces of words, each with whether the other lacks it."""
    before, after = was.split(" "), now.split(" ")
    pieces: tuple[Pieces, Pieces] = ([], [])
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, words in zip(pieces, (before[a:b], after[c:d]), strict=True):
            if words:
                side.append((" ".join(words), tag != "equal"))
    return pieces
