"""Stems: what the inflected forms of a word have in common, by the rules of Snowball."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import Stemmer

from etl.terms.words import fold, lower

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Languages with a stemmer. In others a word is its own stem."""


@cache
def _stemmer(language: str | None) -> Stemmer.Stemmer | None:
    name = ALGORITHMS.get(language or "")
    # Without a cache of its own: words come here once, and are remembered with all else of them.
    return Stemmer.Stemmer(name, 0) if name else None


def stem(word: str, language: str | None) -> str:
    """Return the stem of `word`, folded; in a language without a stemmer its folded form.

    The stemmer sees the accents, since its rules do; none of them is in what comes back.
    """
    stemmer = _stemmer(language)
    return fold(stemmer.stemWord(lower(word)) if stemmer else word) or fold(word)


def find_stems(word: str, languages: Iterable[str | None]) -> tuple[str, ...]:
    """Return every stem `word` has in one of `languages`, and its folded form, each once."""
    stems = {fold(word), *(stem(word, language) for language in languages)}
    return tuple(sorted(stems - {""}))
