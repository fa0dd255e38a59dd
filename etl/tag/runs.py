"""Cuts a text into words and runs of capitalised words: what may be a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.tag.lexicon import cue_words

# Letters with the marks that written vowels and accents are made of, which \w does not cover.
_LETTER = r"[\w\u0300-\u036f\u0610-\u065f\u0900-\u0dff\u0e00-\u0eff]"
_WORD = re.compile(rf"((?:[^\W\d_]\.){{2,8}}(?!\w)|{_LETTER}+(?:[-'\u2019\u2011&]{_LETTER}+)*)")
# "l'Iran", "dell'Ucraina": an article that is no part of the name. "Giscard d'Estaing" is.
_ELISION = re.compile(r"(?:l|d|qu|dell|all|nell|dall|sull)['\u2019](?=[^\W\d_])")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BREAKS = frozenset('.!?\u2026:;"\u201c\u201d\u201e\u00ab\u00bb\u2022|([\u2014')
_BLANKS = frozenset({" ", "\u00a0", " & "})
_POSSESSIVES = frozenset({"'s", "\u2019s", "'S", "\u2019S"})
_MAX_LOWER = 3
_MAX_HEADLINE_CHARS = 200
_MIN_HEADLINE_WORDS = 4
_HEADLINE_SHARE = 0.8


class Word(NamedTuple):
    """A word without a possessive ending, at `start` up to `end`.

    `opens`: it may be capitalised only for its place, after a full stop or a quotation mark.
    `joins`: nothing but a blank stands between it and the word before. `in_headline`: so many
    words of its line are capitalised that capitals say nothing.
    """

    start: int
    end: int
    text: str
    is_capital: bool
    opens: bool
    joins: bool
    in_headline: bool


def is_particle(word: str) -> bool:
    """Return whether `word` stands, in lower case, inside names of people ("van", "bin")."""
    return word in cue_words("particles")


def split_words(text: str, *, whole: frozenset[str]) -> list[Word]:
    """Return the words of `text` in order; the names in `whole` keep their "'s"."""
    words: list[Word] = []
    for match in _LINE.finditer(text):
        words.extend(_words_of_line(match[0], match.start(), whole))
    return words


def _words_of_line(line: str, begin: int, whole: frozenset[str]) -> Iterator[Word]:
    """Yield the words of `line`, which stands at `begin`.

    Most words are nothing but letters and follow a blank, and are kept from all that need not be
    asked of them: this loop sees every word of every article.
    """
    in_headline, is_shouted = _is_headline(line), _is_shouted(line)
    gaps_and_words = _WORD.split(line)
    before, end, was_cut = "", begin, False
    for gap, whole_word in zip(gaps_and_words[0::2], gaps_and_words[1::2], strict=False):
        surface, start = whole_word, end + len(gap)
        end = start + len(surface)
        if not before:
            opens, joins = True, False
        elif gap in _BLANKS or (gap == ". " and _is_abbreviation(before)):
            opens, joins = False, not was_cut
        else:
            opens, joins = not _BREAKS.isdisjoint(gap), False
        if surface.isalpha():
            was_cut, is_capital = False, not is_shouted and surface[0].isupper()
        else:
            article = _ELISION.match(surface)
            if article and not (before and _is_capital(before)):
                start, surface = start + article.end(), surface[article.end() :]
            kept = _name_part(surface, whole)
            was_cut, surface = kept != surface, kept
            is_capital = not is_shouted and _is_capital(surface)
        yield Word(start, start + len(surface), surface, is_capital, opens, joins, in_headline)
        before = surface


def _name_part(surface: str, whole: frozenset[str]) -> str:
    """Return "Iran" for "Iran's", and "Hamas" for "Hamas-led": what may be a name of the word."""
    if surface[-2:] in _POSSESSIVES and surface not in whole:
        return surface[:-2]
    head, _, tail = surface.rpartition("-")
    is_compound = head and surface[0].isupper() and tail.islower() and len(tail) >= _MAX_LOWER
    return head if is_compound else surface


def find_runs(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield (first, past the last) index of each run of joined words that may hold a name.

    A run starts and ends with a capitalised word; inside, up to three small ones ("of the",
    "van der") may stand together.
    """
    index, count = 0, len(words)
    connectors = cue_words("particles") | cue_words("connectors")
    while index < count:
        if not words[index].is_capital:
            index += 1
            continue
        first, last, here = index, index + 1, index + 1
        while here < count and words[here].joins and here - last < _MAX_LOWER + 1:
            if words[here].is_capital:
                last = here + 1
            elif words[here].text not in connectors:
                break
            here += 1
        yield first, last
        index = last


def _is_capital(word: str) -> bool:
    """Return whether `word` is written as a name: "Assad", "al-Assad", "d'Estaing", "G20"."""
    if word[0].isupper():
        return True
    head, _, tail = word.replace("\u2019", "'").replace("'", "-").partition("-")
    return bool(tail) and tail[0].isupper() and (is_particle(head) or head in {"d", "l", "dell"})


def _is_abbreviation(word: str) -> bool:
    return word in cue_words("abbreviations") or (len(word) == 1 and word.isupper())


def _is_shouted(line: str) -> bool:
    """Return whether a line of several words is all capitals, which then mean nothing."""
    if len(line) > _MAX_HEADLINE_CHARS:
        return False
    return line.isupper() and len(line.split()) > _MAX_LOWER - 1


def _is_headline(line: str) -> bool:
    if len(line) > _MAX_HEADLINE_CHARS or line[-1] in '.!?\u201d"':
        return False
    words = [word for word in line.split() if len(word) > _MAX_LOWER]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _MIN_HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(words)
