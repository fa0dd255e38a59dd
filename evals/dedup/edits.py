"""What happens to an article on its way to another site: an edit a function, of paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

Paragraphs = list[str]
Edit = Callable[[Paragraphs, Random], Paragraphs]

_ENDS = ".!?\u3002\uff01\uff1f\u061f"
_SENTENCE = re.compile(rf"[^{_ENDS}]+[{_ENDS}]+[\"'\u201d\u2019\u00bb)]*\s*|[^{_ENDS}]+$")
_FIRST = ("Ada", "Bruno", "Chen", "Dalia", "Emre", "Farah", "Goran", "Hana", "Iker", "Jun")
_LAST = ("Abel", "Brandt", "Costa", "Duarte", "Eriksen", "Fofana", "Giusti", "Hakimi", "Ito")
_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
_SYNONYMS = {
    "said": "told reporters", "about": "around", "big": "large", "began": "started",
    "near": "close to", "shows": "indicates", "but": "yet", "also": "as well", "many": "numerous",
    "while": "whereas", "help": "assist", "people": "residents", "now": "currently",
}  # fmt: skip


def sentences(paragraph: str) -> list[str]:
    """Return a paragraph cut after full stops, with the space that follows."""
    return _SENTENCE.findall(paragraph)


def person(rnd: Random) -> str:
    """Return somebody's name."""
    return f"{rnd.choice(_FIRST)} {rnd.choice(_LAST)}"


def reformat_amounts(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Write thousands with another mark."""
    mark = rnd.choice([" ", ".", ""])
    return [re.sub(r"(?<=\d),(?=\d{3})", mark, part) for part in paragraphs]


def write_numbers_in_digits(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Write small numbers as digits."""
    del rnd
    pattern = re.compile(rf"\b({'|'.join(_WORDS)})\b")
    return [pattern.sub(lambda found: _WORDS[found.group()], part) for part in paragraphs]


def drop_accents(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Write without accents, as old systems do."""
    del rnd
    return [
        "".join(c for c in unicodedata.normalize("NFD", part) if not "\u0300" <= c <= "\u036f")
        for part in paragraphs
    ]


def break_words(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Leave the hyphens of line ends in long words."""

    def cut(found: re.Match[str]) -> str:
        word = found.group()
        return f"{word[:5]}- {word[5:]}" if rnd.random() < 0.12 else word

    return [re.sub(r"\b[a-z]{9,}\b", cut, part) for part in paragraphs]


def add_captions(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Put captions of pictures between paragraphs."""
    made = list(paragraphs)
    for _ in range(rnd.randint(1, 3)):
        made.insert(rnd.randint(0, len(made)), f"Photo: {person(rnd)} / Harbour Pictures")
    return made


def add_links(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Put pointers to other articles between paragraphs."""
    made = list(paragraphs)
    for _ in range(rnd.randint(1, 4)):
        head = f"What {person(rnd)} plans for the {rnd.choice(['bridge', 'school', 'port'])}"
        made.insert(rnd.randint(1, len(made)), f"Read more: {head}")
    return made


def quote_otherwise(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Use another shape of quotes and dashes."""
    del rnd
    table = str.maketrans(
        {"\u201c": "\u00ab", "\u201d": "\u00bb", "\u2019": "'", "\u2013": "-", "\u2014": "-"}
    )
    return [part.translate(table) for part in paragraphs]


def prepend_updates(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Put newer paragraphs on top, as a live article does."""
    news = [
        f"Update {rnd.randint(6, 23)}:{rnd.randint(10, 59)}: {person(rnd)} said a further statement"
        f" was expected within {rnd.randint(2, 9)} hours and asked for patience."
        for _ in range(rnd.randint(1, 3))
    ]
    return [*news, *paragraphs]


def append_correction(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Put right one figure, and say so at the end."""
    changed, note = [], "Correction: an earlier version of this article gave a wrong figure."
    is_due = True
    for part in paragraphs:
        found = re.search(r"\d+", part) if is_due else None
        if found:
            is_due = False
            figure = str(int(found.group()[:9]) + rnd.randint(1, 5))
            changed.append(part[: found.start()] + figure + part[found.end() :])
        else:
            changed.append(part)
    return [*changed, note]


def credit(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Name who wrote and edited."""
    return [*paragraphs, f"(Reporting by {person(rnd)}; Editing by {person(rnd)})"]


def drop_sentences(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Leave out every seventh sentence or so."""
    made = ["".join(one for one in sentences(part) if rnd.random() > 0.15) for part in paragraphs]
    return [part for part in made if part.strip()] or paragraphs


def drop_words(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Lose a word here and there."""
    return [
        " ".join(word for word in part.split(" ") if rnd.random() > 0.04) for part in paragraphs
    ]


def swap_synonyms(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Say common words otherwise."""
    pattern = re.compile(rf"\b({'|'.join(_SYNONYMS)})\b")

    def swap(found: re.Match[str]) -> str:
        return _SYNONYMS[found.group()] if rnd.random() < 0.6 else found.group()

    return [pattern.sub(swap, part) for part in paragraphs]


def cut_to_teaser(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Keep the beginning, some 80 words or more, and ask to read on."""
    made: Paragraphs = []
    size = 0
    for part in paragraphs:
        made.append(part)
        size += max(len(part.split()), len(part) // 8)
        if size > rnd.randint(80, 140):
            break
    return [*made, "Continue reading with a subscription."]


def summarise_on_top(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Repeat sentences of the text as bullet points above it."""
    every = [one.strip() for part in paragraphs for one in sentences(part)]
    chosen = rnd.sample(every, min(3, len(every)))
    return [*(f"• {one}" for one in chosen), *paragraphs]


def shorten_names(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Leave out some first names."""

    def shorten(found: re.Match[str]) -> str:
        return found.group(1) if rnd.random() < 0.4 else found.group()

    return [re.sub(r"(?<=[a-z] )[A-Z][a-z]+ ([A-Z][a-z]+)", shorten, part) for part in paragraphs]


def leave_entities(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Leave HTML's signs as they were written."""
    del rnd
    table = str.maketrans({"&": "&amp;", '"': "&quot;", "'": "&#39;", "\u2019": "&rsquo;"})
    return [part.translate(table) for part in paragraphs]


def reflow(paragraphs: Paragraphs, rnd: Random) -> Paragraphs:
    """Cut the text at other places."""
    every = [one for part in paragraphs for one in [*sentences(part), " "]]
    size = rnd.choice([2, 5, 1000])
    made = ["".join(every[at : at + size]).strip() for at in range(0, len(every), size)]
    return [part for part in made if part]


EDITS: tuple[Edit, ...] = (
    reformat_amounts, write_numbers_in_digits, drop_accents, break_words, add_captions, add_links,
    quote_otherwise, prepend_updates, append_correction, credit, drop_sentences, drop_words,
    swap_synonyms, cut_to_teaser, summarise_on_top, shorten_names, leave_entities, reflow,
)  # fmt: skip
