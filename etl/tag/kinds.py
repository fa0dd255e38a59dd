"""What kind of thing a name is, where a recogniser's types are fewer than ours.

Recognisers call a country, a city and a river a place, and an election, a law and a film a name
of some other sort. Lists and the words of the name itself tell them apart.
"""

from __future__ import annotations

from functools import lru_cache

from etl.records import EntityKind
from etl.tag.gazetteer import find_known
from etl.tag.lexicon import cue_words

_NAMES_KEPT = 16_384
_QUOTES = {'"': '"', "\u201c": "\u201d", "\u2018": "\u2019", "\u00ab": "\u00bb"}
_MIN_TITLE_WORDS = 2


@lru_cache(_NAMES_KEPT)
def kind_of_place(name: str) -> EntityKind:
    """Return GPE for what is governed (countries, towns), LOC for what lies there (rivers)."""
    known = find_known(name.removeprefix("the "), language=None)
    if known and known.kind in {"GPE", "LOC"}:
        return known.kind
    words = name.split()
    is_lying = bool(
        {words[-1], words[-1].rstrip("s")} & cue_words("location_heads")
        or (len(words) > 1 and words[0] in cue_words("location_openers"))
        or (len(words) > 1 and words[-1] in cue_words("region_tails"))
    )
    return "LOC" if is_lying else "GPE"


def kind_of_other(name: str, before: str, after: str) -> EntityKind:
    """Return EVENT, WORK or MISC for a name that is no person, place or organisation.

    Args:
        name: as it stands in the text.
        before: the sign before it, or "".
        after: the sign after it, or "".
    """
    words = name.split()
    if any(word in cue_words("event_heads") for word in words):
        return "EVENT"
    is_quoted = before in _QUOTES and after in {_QUOTES[before], ",", "."}
    return "WORK" if is_quoted and len(words) >= _MIN_TITLE_WORDS else "MISC"
