"""Which entity each mention of an article denotes; one article at a time, in reading order."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from etl.records import Mention, Span, make_id
from etl.tag.gazetteer import Known, find_known
from etl.tag.lexicon import cue_words, lookup_key

_SMALL_WORDS = frozenset({"of", "the", "for", "and", "de", "des", "&"})
_MIN_ACRONYM_CHARS = 2
_MAX_TITLES = 6
# An article says most of its names several times, and the news of a day are about the same people.
_NAMES_KEPT = 4_096
_entity_id = lru_cache(_NAMES_KEPT)(make_id)


def resolve(
    text: str, spans: Iterable[Span], *, language: str | None, named: Iterable[str] = ()
) -> tuple[Mention, ...]:
    """Return a mention for each span of a name, with the entity it denotes.

    Countries are one entity in every language; a surname is the last person before it who was
    named in full, or the first after it; an acronym is the organisation of those initials.
    Titles and possessive endings are cut off the spans.

    Args:
        text: what the spans were marked in.
        spans: in order, none overlapping.
        language: ISO 639-1, or None.
        named: full names of people known otherwise, such as from the title.
    """
    trimmed = [trimmed for span in spans if (trimmed := trim_span(text, span))]
    people = _People(
        [(-1, name) for name in named]
        + [(s.start_char, text[s.start_char : s.end_char]) for s in trimmed if s.kind == "PERSON"]
    )
    initials = _initials(text, trimmed)
    return tuple(_mention(text, span, language, people, initials) for span in trimmed)


def trim_span(text: str, span: Span) -> Span | None:
    """Return `span` without blanks, a possessive ending and a person's titles; None if empty."""
    start, end = span.start_char, span.end_char
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    surface = lookup_key(text[start:end])
    if surface[-2:].lower() == "'s" and not find_known(surface, language=None):
        end -= 2
    if span.kind == "PERSON":
        start = _after_titles(text, start, end)
    if (start, end) == (span.start_char, span.end_char):
        return span if start < end else None
    return replace(span, start_char=start, end_char=end) if start < end else None


def _after_titles(text: str, start: int, end: int) -> int:
    """Return where the name after the titles starts; a title that is all there is stays."""
    for _ in range(_MAX_TITLES):
        blank = text.find(" ", start, end)
        if blank < 0 or text[start:blank].rstrip(".") not in cue_words("titles"):
            break
        start = blank + 1
        while start < end - 1 and text[start] == " ":
            start += 1
    return start


@lru_cache(_NAMES_KEPT)
def fold_name(name: str) -> str:
    """Return `name` without case, accents, punctuation and doubled blanks, for comparing."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(
        char if char.isalnum() else " " for char in letters if not unicodedata.combining(char)
    )
    # A name of nothing but signs (a recogniser's error) stays itself rather than every other one.
    return " ".join(kept.split()) or name


class _People:
    """The people named in full in an article, by surname and by first name."""

    def __init__(self, named: list[tuple[int, str]]) -> None:
        self._starts: dict[str, list[int]] = {}
        self._names: dict[str, list[str]] = {}
        shown_as: dict[str, str] = {}
        for start, name in named:
            words = fold_name(name).split()
            if len(words) == 1:
                continue
            shown = shown_as.setdefault(" ".join(words), " ".join(name.split()))
            # "Assad", "al-Assad" and "Bashar" all may stand for "Bashar al-Assad".
            for part in {words[0], words[-1], " ".join(words[-2:]), " ".join(words[1:])}:
                self._starts.setdefault(part, []).append(start)
                self._names.setdefault(part, []).append(shown)

    def full_name(self, name: str, start: int) -> str:
        """Return the fullest name of the person called `name` at `start`."""
        shown = " ".join(name.split())
        for _ in range(2):  # "Maduro" is "Nicolás Maduro", who is "Nicolás Maduro Moros"
            part = fold_name(shown)
            if part not in self._names:
                break
            before = bisect_left(self._starts[part], start)
            longer = self._names[part][max(before - 1, 0)]
            if len(fold_name(longer)) <= len(part):
                break
            shown = longer
        return shown


def _initials(text: str, spans: list[Span]) -> dict[str, str]:
    """Return the first organisation of each set of initials named in full in the article."""
    named: dict[str, str] = {}
    for span in spans:
        if span.kind == "ORG":
            name = " ".join(text[span.start_char : span.end_char].split())
            letters = "".join(word[0] for word in name.split() if word not in _SMALL_WORDS)
            if len(letters) >= _MIN_ACRONYM_CHARS:
                named.setdefault(letters.upper(), name)
    return named


def _mention(
    text: str, span: Span, language: str | None, people: _People, initials: dict[str, str]
) -> Mention:
    surface = text[span.start_char : span.end_char]
    known = _known(surface, span, language)
    if known:
        name, parts = known.name, known.id_parts
    else:
        name = " ".join(surface.split())
        if span.kind == "PERSON":
            name = people.full_name(surface, span.start_char)
        elif span.kind == "ORG":
            name = initials.get(surface, name)
        parts = (span.kind, fold_name(name).removeprefix("the "))
    return Mention(
        start_char=span.start_char,
        end_char=span.end_char,
        surface=surface,
        kind=span.kind,
        score=span.score,
        entity_id=_entity_id(*parts),
        entity_name=name,
        country_code=known.country_code if known else None,
    )


def _known(surface: str, span: Span, language: str | None) -> Known | None:
    """Return what the lists say of a mention, where they speak of the same kind of thing."""
    known = find_known(" ".join(surface.split()), language=language)
    return known if known and known.kind == span.kind else None
