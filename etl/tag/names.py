"""Names in one form each, for comparing."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# An article says most of its names several times, and the news of a day are about the same people.
_NAMES_KEPT = 16_384


@lru_cache(_NAMES_KEPT)
def fold_name(name: str) -> str:
    """Return `name` without case, accents, punctuation and doubled blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(
        char if char.isalnum() else " " for char in letters if not unicodedata.combining(char)
    )
    # A name of nothing but signs (a recogniser's error) stays itself rather than every other one.
    return " ".join(kept.split()) or name


def bare_name(name: str) -> str:
    """Return the folded name without an article before it: "the Kremlin" is "kremlin"."""
    folded = fold_name(name)
    return folded.removeprefix("the ") or folded
