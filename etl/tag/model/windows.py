"""Cuts a text into the windows the model reads one by one.

One window is one call of the model, and how a text is cut depends on nothing but the text: whole
numbers are scaled by the largest of a call, so that an article that shared its call with others
would be read differently in other company.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.tag.model.words import Words

MOST_PIECES = 240
"""Pieces in a window, some 190 words: fewer know less around them, and it was taught up to 256."""


def cut_windows(words: Words, *, most: int = MOST_PIECES) -> Iterator[tuple[int, int]]:
    """Yield (first, past the last) word of each window, in order; together they are all words.

    Windows end with paragraphs or sentences where they can, and are never longer than `most`
    pieces unless one word is.
    """
    count, start = len(words.firsts), 0
    bounds = [*words.firsts.tolist(), len(words.ids)]
    while start < count:
        stop = start + 1
        while stop < count and bounds[stop + 1] - bounds[start] <= most:
            stop += 1
        if stop < count:
            stop = _best_cut(words, start, stop)
        yield start, stop
        start = stop


def _best_cut(words: Words, start: int, stop: int) -> int:
    """Return the last of the best places to cut in the second half of a full window."""
    half = start + 1 + (stop - start) // 2
    places = words.breaks[half : stop + 1]
    if not len(places):
        return stop
    best = places.max()
    return half + int((places == best).nonzero()[0][-1])
