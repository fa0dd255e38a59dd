"""Whether a sentence speaks of what was or of what is to come, by the verbs in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.tag.dates.grammar import read_grammar
from etl.tag.dates.scan import Found, Scene
from etl.tag.dates.story import sentence_around

_REACH = 6
_MIN_VERB_CHARS = 5  # "red" and "bed" end like verbs, too


class _Cue(NamedTuple):
    """What a word may say of the side: it is all of these that are true."""

    is_ahead: bool
    is_present: bool
    is_vow: bool
    is_due: bool
    is_past: bool


_NONE = _Cue(False, False, False, False, False)  # noqa: FBT003 - its fields, in order


def direction(scene: Scene, found: Found) -> int:
    """Return -1 for the past, 1 for the future, 0 where the sentence does not say.

    The nearest telling word before the expression decides, then the nearest after it. "Due" and
    its like take their side from the verb before them: it is due, it was due.
    """
    first, last = sentence_around(scene, found)
    is_due = False
    for places in (range(found.first - 1, first - 1, -1), range(found.last, last)):
        for place in places:
            cue = _cue(scene.grammar.language, scene.pieces[place])
            if cue is _NONE:
                continue
            if sign := _side(scene, place, cue, is_due=is_due):
                return sign
            is_due = is_due or (cue.is_due and _is_due(scene, place))
        if is_due:
            return 1  # "Talks set for Monday were put off."
    return int(_stands_after(scene, found, scene.grammar.traits.get("ahead_after", ())))


@lru_cache(maxsize=65_536)
def _cue(language: str, piece: str) -> _Cue:
    grammar = read_grammar(language)
    if grammar is None:
        return _NONE
    worths, traits = grammar.worths, grammar.traits
    is_past = piece in worths.get("WASWORD", ()) or _ends(piece, traits.get("past_endings", ()))
    cue = _Cue(
        is_ahead=piece in worths.get("AHEADWORD", ())
        or _ends(piece, traits.get("future_endings", ())),
        is_present=piece in worths.get("ISWORD", ()),
        is_vow=piece in worths.get("VOWWORD", ()),
        is_due=piece in worths.get("DUEWORD", ()),
        is_past=is_past and piece not in worths.get("NOPASTWORD", ()),
    )
    return cue if any(cue) else _NONE


def _side(scene: Scene, place: int, cue: _Cue, *, is_due: bool) -> int:
    """Return which side the word at `place` speaks for, 0 if it does not tell."""
    traits = scene.grammar.traits
    if cue.is_ahead or (cue.is_present and is_due):
        return 1
    if (cue.is_present or cue.is_vow) and _word_after(scene, place) in traits.get("to", ()):
        return 1
    if cue.is_due or not cue.is_past:
        return 0
    # What is "to be held", "will be paid" or "must be done" is to come.
    return 1 if _word_before(scene, place) in traits.get("passive", ()) else -1


def _is_due(scene: Scene, place: int) -> bool:
    """Return whether what may be due is; a record is set, a vote is "set for" Monday."""
    traits = scene.grammar.traits
    is_always = scene.pieces[place] not in traits.get("due_before", ())
    return is_always or _word_after(scene, place) in traits.get("due_links", ())


def _word_after(scene: Scene, place: int) -> str:
    return next((piece for piece in scene.pieces[place + 1 : place + 3] if piece != " "), "")


def _word_before(scene: Scene, place: int) -> str:
    before = scene.pieces[max(0, place - 2) : place]
    return next((piece for piece in reversed(before) if piece != " "), "")


def _stands_after(scene: Scene, found: Found, words: Sequence[str]) -> bool:
    """Return whether one of `words` stands before the expression, but for an article."""
    before = [
        piece.lower()
        for piece in scene.pieces[max(0, found.first - _REACH) : found.first]
        if not piece.isspace()
    ]
    return any(
        before[-len(parts) - after : len(before) - after] == parts
        for parts in (word.split() for word in words)
        for after in (0, 1)
    )


def _ends(piece: str, endings: Sequence[str]) -> bool:
    """Return whether a word ends like a verb; "United" is a name."""
    return len(piece) >= _MIN_VERB_CHARS and piece.islower() and piece.endswith(tuple(endings))


def opens_sentence(scene: Scene, found: Found) -> bool:
    """Return whether the expression opens its sentence, but for a preposition.

    The verb that follows then says all: "In January, the firm hired a chief", said in October, is
    not of the January to come.
    """
    first, _ = sentence_around(scene, found)
    return sum(piece.isalpha() for piece in scene.pieces[first : found.first]) <= 1


def has_ended(scene: Scene, found: Found) -> bool:
    """Return whether "ended" stands before the expression: "the year ended Jan. 31"."""
    before = scene.pieces[max(0, found.first - 2) : found.first]
    return any(piece in scene.grammar.traits.get("ends", ()) for piece in before)
