"""Words that say what an article tells of, and how much each of them says."""

from __future__ import annotations

from math import log

from etl.events.rules import IN_TEXT, IN_TITLE, LEAD_WORDS, OFTEN, OFTEN_SHARE
from etl.records import Indexed

_KEY_SHIFT = 32


def weigh_words(indexed: Indexed, *, body_at: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the keys of the words that count, in order, and the weight of each.

    Those of the headline and of the text's beginning, and those the text has often. A key is the
    upper half of the stem's, 32 bits.

    Args:
        indexed: the article's words with their places.
        body_at: the place of the text's first word.
    """
    stems: dict[int, tuple[int, int, bool]] = {}
    lead_until = body_at + LEAD_WORDS
    for key, in_title, in_text, places in zip(
        indexed.stem_keys, indexed.title_counts, indexed.text_counts, indexed.places, strict=True
    ):
        titles, texts, is_early = stems.get(key, (0, 0, False))
        # Places are in order, the headline's first.
        is_early = is_early or (in_text > 0 and places[in_title] < lead_until)
        stems[key] = titles + in_title, texts + in_text, is_early
    often = max(OFTEN, indexed.text_words / OFTEN_SHARE)
    found = {
        key >> _KEY_SHIFT: round((IN_TITLE if titles else IN_TEXT) * (1 + 0.3 * log(max(1, texts))))
        for key, (titles, texts, is_early) in stems.items()
        if titles or is_early or texts >= often
    }
    keys = sorted(found)
    return tuple(keys), tuple(found[key] for key in keys)
