"""Whether a sentence speaks of what was or of what is to come, by the verbs in it."""

from __future__ import annotations

from collections.abc import Sequence

from etl.tag.dates.scan import Found, Scene
from etl.tag.dates.story import sentence_around

_REACH = 6
_MIN_VERB_CHARS = 5  # "red" and "bed" end like verbs, too


def direction(scene: Scene, found: Found) -> int:
    """Return -1 for the past, 1 for the future, 0 where the sentence does not say.

    The nearest telling word before the expression decides, then the nearest after it. "Due" and
    its like take their side from the verb before them: it is due, it was due.
    """
    worths, traits = scene.grammar.worths, scene.grammar.traits
    past, ahead = worths.get("WASWORD", {}), worths.get("AHEADWORD", {})
    due, present = worths.get("DUEWORD", {}), worths.get("ISWORD", {})
    past_endings = tuple(traits.get("past_endings", ()))
    ahead_endings = tuple(traits.get("future_endings", ()))
    vows, to = worths.get("VOWWORD", {}), traits.get("to", ())
    before_to = traits.get("due_before_to", ())
    first, last = sentence_around(scene, found)
    is_due = False
    for place in (*range(found.first - 1, first - 1, -1), *range(found.last, last)):
        piece = scene.pieces[place]
        if piece in due:
            is_due = is_due or piece not in before_to or "to" in scene.pieces[place + 1 : place + 3]
        elif piece in ahead or (is_due and piece in present) or _ends(piece, ahead_endings):
            return 1
        elif (piece in present or piece in vows) and _next_word(scene, place) in to:
            return 1
        elif piece in past or _ends(piece, past_endings):
            return -1
    return int(is_due or _stands_after(scene, found, traits.get("ahead_after", ())))


def _next_word(scene: Scene, place: int) -> str:
    return next((piece for piece in scene.pieces[place + 1 : place + 3] if piece != " "), "")


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


def _ends(piece: str, endings: tuple[str, ...]) -> bool:
    return bool(endings) and len(piece) >= _MIN_VERB_CHARS and piece.endswith(endings)


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
