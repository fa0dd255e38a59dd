"""The people an article names in full, and who its surnames are."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from etl.tag.lexicon import cue_words
from etl.tag.names import fold_name

_SHORTENINGS = 2


class People:
    """The people named in full in an article, by the parts of their names."""

    def __init__(self, named: list[tuple[int, str]]) -> None:
        """`named`: where and how each person is named, in order."""
        self._starts: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        full = [(start, name, words) for start, name in named if len(words := _words_of(name)) > 1]
        # "Sarah Stone" is "Sarah J. Stone", whichever comes first.
        shown_as: dict[tuple[str, str], str] = {}
        for _, name, words in sorted(full, key=lambda one: -len(one[2])):
            shown_as.setdefault((words[0], words[-1]), " ".join(name.split()))
        for start, _, words in full:
            for part in _parts(words):
                self._starts[part].append(start)
                self._names[part].append(shown_as[words[0], words[-1]])

    def full_name(self, name: str, start: int) -> str:
        """Return the fullest name of the person called `name` at `start`.

        A part of several people's names is the last one's of them named before, or the first's
        after.
        """
        shown = " ".join(name.split())
        for _ in range(_SHORTENINGS):  # "Maduro" is "Nicolás Maduro", who is "Nicolás Maduro Moros"
            part = " ".join(_words_of(shown))
            if part not in self._names:
                break
            before = bisect_left(self._starts[part], start)
            longer = self._names[part][max(before - 1, 0)]
            if len(fold_name(longer)) <= len(part):
                break
            shown = longer
        return shown


def _words_of(name: str) -> list[str]:
    """Return the folded words of a name, without what a son has behind his father's."""
    words = fold_name(name).split()
    closing = {word.casefold() for word in cue_words("closing_titles")}
    return words[:-1] if len(words) > 1 and words[-1] in closing else words


def _parts(words: list[str]) -> set[str]:
    """Return what a person may be called for short.

    "Assad", "al-Assad" and "Bashar" all may stand for "Bashar al-Assad", and "Sarah Stone" for
    "Sarah J. Stone".
    """
    parts = {words[0], words[-1], " ".join(words[-2:]), " ".join(words[1:])}
    return parts | {f"{words[0]} {words[-1]}"}
