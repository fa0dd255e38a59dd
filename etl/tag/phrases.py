"""Reads one run of capitalised words from left to right: lists first, then cues, then a guess."""

from __future__ import annotations

from collections.abc import Iterator

from etl.records import EntityKind
from etl.tag.gazetteer import LONGEST_NAME
from etl.tag.lexicon import cue_words
from etl.tag.persons import find_person, find_titled, guess_name
from etl.tag.scene import MAX_PERSON_WORDS, Found, Scene, chunk_end, has_place_cue

_MAX_ORGANISATION_WORDS = 8
_HEADS: tuple[tuple[str, EntityKind], ...] = (
    ("facility_heads", "FAC"),
    ("location_heads", "LOC"),
    ("place_heads", "GPE"),
    ("event_heads", "EVENT"),
    ("miscellaneous", "MISC"),
)


def read_run(scene: Scene, first: int, last: int) -> Iterator[Found]:
    """Yield the names among the words `first` up to `last`, in order, none overlapping."""
    index, is_titled = first, False
    while index < last:
        found = _read_at(scene, index, last, is_titled=is_titled)
        if found:
            yield found
            index, is_titled = found.last, False
        else:
            is_titled = scene.words[index].text in cue_words("titles")
            index += 1


def _read_at(scene: Scene, index: int, last: int, *, is_titled: bool) -> Found | None:
    """Return the name that starts at `index`, or None to go on with the next word."""
    word = scene.words[index]
    longest = _longest_known(scene, index, last)
    # Lower-case particles start a name only where a list says so ("al-Qaeda" is one word).
    if not word.is_capital or word.text in cue_words("not_names"):
        return longest
    if organisation := _organisation(scene, index, last):
        return longest if longest and longest.last >= organisation.last else organisation
    if longest and longest.last - index > 1:
        return longest
    if word.opens and word.text in cue_words("starters"):
        return None
    if word.in_headline or not scene.trusts_capitals:
        return find_person(scene, index, last, is_titled=is_titled) or longest
    return (
        _headed(scene, index, last)
        or find_titled(scene, index, last)
        or find_person(scene, index, last, is_titled=is_titled)
        or longest
        or guess_name(scene, index, last)
    )


def _longest_known(scene: Scene, index: int, last: int) -> Found | None:
    for stop in range(min(last, index + LONGEST_NAME), index, -1):
        known = scene.known(index, stop)
        if known and (not known.is_weak or has_place_cue(scene, index)):
            return Found(index, stop, known.kind, 0.6 if known.is_weak else 0.9)
    return None


def _organisation(scene: Scene, index: int, last: int) -> Found | None:
    """Return "Ministry of Oil", "Tehran University", "National Bank of Ukraine", or None."""
    words = scene.words
    if words[index].in_headline:
        return None
    stop = chunk_end(scene, index, last, most=_MAX_ORGANISATION_WORDS)
    heads = [
        here
        for here in range(index + 1, stop)
        if words[here].text in cue_words("org_heads") and not words[here - 1].text.endswith(".")
    ]
    opener = words[index].text in cue_words("org_openers")
    if words[index].opens and words[index].text in cue_words("starters") and not opener:
        return None
    if not heads and not opener:
        return None
    end = heads[-1] + 1 if heads else index + 1
    end = _after_of(scene, end, last)
    return Found(index, end, "ORG", 0.8) if end > index + 1 else None


def _after_of(scene: Scene, index: int, last: int) -> int:
    """Return the end of "of [the] Name [and Name]" from `index`, or `index` if it is not there."""
    words = scene.words
    if index >= last or words[index].text not in {"of", "for", "de", "des", "del"}:
        return index
    start = index + 1
    if start < last and words[start].text in {"the", "la", "los"}:
        start += 1
    if start >= last or not words[start].is_capital:
        return index
    stop = chunk_end(scene, start, last, most=_MAX_ORGANISATION_WORDS)
    has_more = stop + 1 < last and words[stop].text in {"and", "&"} and words[stop + 1].is_capital
    is_place = scene.known(stop - 1, stop) is not None
    if has_more and not is_place and not scene.known(stop + 1, stop + 2):
        return chunk_end(scene, stop + 1, last, most=_MAX_ORGANISATION_WORDS)
    return stop


def _headed(scene: Scene, index: int, last: int) -> Found | None:
    """Return "Idlib Province", "Karun River", "Mount Damavand", or None."""
    words = scene.words
    stop = chunk_end(scene, index, last, most=MAX_PERSON_WORDS)
    if stop - index > 1 and words[index].text in cue_words("location_openers"):
        return Found(index, stop, "LOC", 0.7)
    for section, kind in _HEADS:
        for here in range(stop - 1, index, -1):
            if words[here].text in cue_words(section):
                return Found(index, here + 1, kind, 0.7)
    return None
