"""A recogniser out of capitals, cue words and gazetteers: "rules".

It reads the languages that have no model, and any that it is chosen for. It knows the names on its
lists and guesses the rest from capitals and the words beside them, so it is fast and explains
itself, and it is wrong where only the sense of a sentence tells: two unknown words are a person.
German capitalises every noun: there only lists and strong cues (titles, known first names) count;
in scripts without capitals only the lists do, and names run into words that no blank parts are
missed (Chinese, Japanese, Thai).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from etl.records import Span
from etl.tag.gazetteer import find_known, knows_language
from etl.tag.lexicon import cue_words, read_lines
from etl.tag.phrases import read_run
from etl.tag.runs import Word, find_runs, split_words
from etl.tag.scene import Found, Scene

_ENGLISH_SIGNS = frozenset({"the", "of", "and", "to", "in", "is", "was", "that", "for", "said"})
_SAMPLE_WORDS = 400
_ENGLISH_SHARE = 0.1
_MAX_LISTED_WORDS = 3


class RulesRecognizer:
    """Marks names by lists and capitals; holds no state, one serves every thread."""

    name = "rules"

    def recognize(self, text: str, *, language: str | None) -> tuple[Span, ...]:
        """Return non-overlapping spans in order; empty where CLDR does not know `language`.

        With `language` None the text is read as English if its small words look it, and for
        names on the English lists alone otherwise.
        """
        if language is not None and not knows_language(language):
            return ()
        words = split_words(text, whole=_names_with_possessive())
        if language is None and _looks_english(words):
            language = "en"
        reads_runs = language == "de" or language in cue_words("capitals_name")
        found = _read(text, words, language) if reads_runs else _listed(text, words, language)
        return tuple(
            Span(
                start_char=words[f.first].start,
                end_char=words[f.last - 1].end,
                kind=f.kind,
                score=f.score,
            )
            for f in found
            if f.kind is not None
        )


@cache
def _names_with_possessive() -> frozenset[str]:
    """Return words that end in "'s" as a name of their own: "Moody's"."""
    names = {word for line in read_lines("organisations.txt") for word in line.split("|")}
    return frozenset(name for name in names if name[-2:] in {"'s", "\u2019s"})


def _looks_english(words: list[Word]) -> bool:
    sample = words[:_SAMPLE_WORDS]
    return sum(word.text in _ENGLISH_SIGNS for word in sample) >= _ENGLISH_SHARE * len(sample) > 0


def _listed(text: str, words: list[Word], language: str | None) -> Iterator[Found]:
    """Yield the longest listed names, from left to right, whatever their letters look like."""
    index = 0
    while index < len(words):
        for stop in range(min(len(words), index + _MAX_LISTED_WORDS), index, -1):
            surface = text[words[index].start : words[stop - 1].end]
            known = find_known(surface, language=language)
            if known and not known.is_weak:
                yield Found(index, stop, known.kind, 0.8)
                index = stop
                break
        else:
            index += 1


def _read(text: str, words: list[Word], language: str | None) -> Iterator[Found]:
    scene = Scene(
        text=text,
        words=words,
        language=language,
        trusts_capitals=language in cue_words("capitals_name"),
        seen_small=frozenset(word.text for word in words if not word.is_capital),
        seen_capital=frozenset(
            word.text
            for word in words
            if word.is_capital and not word.opens and not word.in_headline
        ),
    )
    found = [f for first, last in find_runs(words) for f in read_run(scene, first, last)]
    yield from _settle_single_words(scene, found)


def _settle_single_words(scene: Scene, found: list[Found]) -> Iterator[Found]:
    """Yield `found` with unknown single words read by what the rest of the text calls them."""
    surnames = {
        scene.words[f.last - 1].text for f in found if f.kind == "PERSON" and f.last - f.first > 1
    }
    bare = {surname.split("-", 1)[1] for surname in surnames if "-" in surname}
    for f in found:
        word = scene.words[f.first].text
        if f.kind is not None:
            yield f
        elif word in surnames or word in bare:
            yield Found(f.first, f.last, "PERSON", 0.8)
        elif scene.words[f.first - 1].text in {"in", "from", "near"} and f.first:
            yield Found(f.first, f.last, "GPE", 0.4)
        elif word.lower() not in scene.seen_small and not scene.words[f.first].opens:
            yield Found(f.first, f.last, "MISC", 0.3)
