"""The text a recogniser reads, and what can be asked of the words at a place in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from etl.records import EntityKind
from etl.tag.gazetteer import Known, find_known
from etl.tag.lexicon import cue_words
from etl.tag.runs import Word, is_particle

MAX_PERSON_WORDS = 5
"""Most words in a person's name; it keeps the work at each word bounded."""

_PLACE_CUES = frozenset({"in", "at", "from", "near", "to", "outside", "around", "across", "into"})


@dataclass(frozen=True, slots=True)
class Found:
    """Words `first` up to `last` (exclusive) name something; `kind` None: one word, unknown."""

    first: int
    last: int
    kind: EntityKind | None
    score: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A text being read. `trusts_capitals` is False where capitals do not mean names.

    `seen_small` and `seen_capital`: words met in small letters, and capitalised elsewhere than
    at the start of a sentence.
    """

    text: str
    words: list[Word]
    language: str | None
    trusts_capitals: bool
    seen_small: frozenset[str]
    seen_capital: frozenset[str]

    def known(self, first: int, last: int) -> Known | None:
        """Return what the gazetteers say of the words `first` up to `last`."""
        surface = self.text[self.words[first].start : self.words[last - 1].end]
        return find_known(surface, language=self.language)


def chunk_end(scene: Scene, index: int, last: int, *, most: int) -> int:
    """Return the end of the capitalised words from `index`, particles between them included."""
    stop = here = index + 1
    while here < min(last, index + most):
        word = scene.words[here]
        if word.text in _stop_words():
            break
        if word.is_capital:
            stop = here + 1
        elif not is_particle(word.text):
            break
        here += 1
    return stop


@cache
def _stop_words() -> frozenset[str]:
    return (cue_words("titles") - cue_words("soft_titles")) | cue_words("not_names")


def cut_at_known(scene: Scene, index: int, stop: int) -> int:
    """Return `stop`, or an earlier place where a people or country follows a full name."""
    for here in range(index + 2, stop):
        known = scene.known(here, here + 1)
        if known and not known.is_weak and known.kind in {"NORP", "GPE", "ORG"}:
            # The last word of three may be a surname ("Amy Lee Jordan"), of a list it is not.
            return here
    return stop


def has_place_cue(scene: Scene, index: int) -> bool:
    """Return whether "in", "near" or the like stands before the word at `index`."""
    return index > 0 and scene.words[index - 1].text.lower() in _PLACE_CUES


def may_be_name(scene: Scene, index: int) -> bool:
    """Return whether the capital at `index` is more than the start of a sentence."""
    word = scene.words[index]
    if not word.opens:
        return True
    if word.text in scene.seen_capital:
        return word.text not in cue_words("starters")
    return scene.language in (None, "en") and word.text.lower() not in scene.seen_small
