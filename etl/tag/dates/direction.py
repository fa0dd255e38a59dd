"""Whether a sentence speaks of what was or of what is to come, by the verbs in it."""

from __future__ import annotations

from etl.tag.dates.scan import Found, Scene
from etl.tag.dates.story import sentence_around


def direction(scene: Scene, found: Found) -> int:
    """Return -1 for the past, 1 for the future, 0 where the sentence does not say.

    The nearest telling word before the expression decides, then the nearest after it.
    """
    past = scene.grammar.worths.get("WASWORD", {})
    ahead = scene.grammar.worths.get("AHEADWORD", {})
    endings = tuple(scene.grammar.traits.get("past_endings", ()))
    first, last = sentence_around(scene, found)
    for place in (*range(found.first - 1, first - 1, -1), *range(found.last, last)):
        piece = scene.pieces[place]
        if piece in ahead:
            return 1
        if piece in past or (endings and len(piece) > 4 and piece.endswith(endings)):  # noqa: PLR2004 - "red" and "bed" are no verbs
            return -1
    return 0
