"""Finds people in a run of capitalised words, and guesses at names nothing is known of."""

from __future__ import annotations

from etl.tag.lexicon import cue_words, first_names
from etl.tag.scene import MAX_PERSON_WORDS, Found, Scene, chunk_end, cut_at_known, may_be_name

_MAX_TITLES = 6
_MAX_ACRONYM_CHARS = 6
# English endings of things rather than surnames: "Human Trafficking", "Climate Change Index".
_THING_ENDINGS = (
    "tion", "sion", "ment", "ments", "ness", "ity", "ities", "ism", "ing", "ings", "ance", "ence",
    "ship", "ights", "fairs", "tions", "ture", "ics", "ange", "oals", "dex", "tem", "tems",
)  # fmt: skip


def find_titled(scene: Scene, index: int, last: int) -> Found | None:
    """Return the person after the titles at `index`, which are no part of the name, or None."""
    here = index
    last = min(last, index + _MAX_TITLES + MAX_PERSON_WORDS)
    while here < min(last, index + _MAX_TITLES) and scene.words[here].text in cue_words("titles"):
        here += 1
    if here in (index, last) or not scene.words[here].is_capital:
        return None
    known = scene.known(here, here + 1)
    if known and not known.is_weak:
        return None
    return find_person(scene, here, last, is_titled=True)


def find_person(scene: Scene, index: int, last: int, *, is_titled: bool) -> Found | None:
    """Return the person named from `index` if a title, a first name or a verb says so."""
    word = scene.words[index]
    is_first_name = word.text in first_names()
    known = scene.known(index, index + 1)
    is_place = known is not None and not known.is_weak
    if (is_place or word.text in cue_words("titles")) and not is_first_name:
        return None
    stop = cut_at_known(scene, index, chunk_end(scene, index, last, most=MAX_PERSON_WORDS))
    has_name = is_first_name or _is_initial(word.text)
    if word.in_headline:
        stop = min(stop, index + 2)  # The verb behind the name is capitalised as well.
    is_single = stop == index + 1
    score = 0.0
    if is_titled and (has_name or not word.in_headline):
        score = 0.9
    elif word.in_headline or (is_single and is_place):
        score = 0.0
    elif has_name and not is_single:
        score = 0.85
    elif may_be_name(scene, index) and (has_name or not word.text.isupper()):
        is_alone = is_single and has_name and scene.trusts_capitals
        score = 0.7 if _has_speech(scene, index, stop) else 0.6 if is_alone else 0.0
    return Found(index, stop, "PERSON", score) if score else None


def _is_initial(word: str) -> bool:
    return word[-1] == "." or (len(word) == 1 and word not in {"A", "I", "O"})


def _has_speech(scene: Scene, index: int, stop: int) -> bool:
    words, speech = scene.words, cue_words("speech")
    after = words[stop].text if stop < len(words) and words[stop].joins else ""
    before = words[index - 1].text if words[index].joins else ""
    return after in speech or before in {"said", "told", "says"}


def guess_name(scene: Scene, index: int, last: int) -> Found | None:
    """Return what unknown capitalised words most often are: two a person, one to be seen."""
    word = scene.words[index]
    stop = cut_at_known(scene, index, chunk_end(scene, index, last, most=MAX_PERSON_WORDS))
    if word.text[0].isdigit() or not may_be_name(scene, index):
        return None
    if stop - index > 1:
        return _guess_full_name(scene, index, stop)
    if word.text in cue_words("titles") or len(word.text) == 1:
        return None
    if word.text.isupper() and word.text.isalpha() and len(word.text) <= _MAX_ACRONYM_CHARS:
        is_name = word.text not in cue_words("not_organisations")
        return Found(index, stop, "ORG", 0.5) if is_name else None
    return Found(index, stop, None, 0.3)


def _guess_full_name(scene: Scene, index: int, stop: int) -> Found | None:
    known = scene.known(stop - 1, stop)
    if known and not known.is_weak and stop - index == len(("Ousted", "Iran")):
        return None
    last_word = scene.words[stop - 1].text
    if last_word in cue_words("titles"):
        return None  # "Managing Director" is an office, not a name.
    if last_word.endswith(_THING_ENDINGS) or last_word.lower() in scene.seen_small:
        return Found(index, stop, "MISC", 0.4)
    return Found(index, stop, "PERSON", 0.5)
