"""A language's date grammar: its words, its patterns, and what each pattern says.

The grammars are data, one TOML file a language under `grammars/`: `[words]` are classes of words
with what each is worth, `[macros]` are named pieces of patterns, and each `[[say]]` is a list of
patterns with the kind of thing they all say and what is constant in it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from etl.tag.dates.patterns import Compiler, Pattern, literal_class, literals
from etl.tag.dates.pieces import BREAK, HYPHEN, OTHER, Alphabet

Worth = str | int | None
_MAX_REACH = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """Patterns that say a `kind` of thing; `given` is what all of them say of it.

    `order` is the rule's place in its file: of two readings of the same words the earlier wins.
    `need` is the bit that a piece which the pattern needs has in `Grammar.met`.
    """

    order: int
    kind: str
    pattern: Pattern
    need: int
    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All of a language: `worths` of its words by class, and the rules a piece may begin.

    `met` are the needs that a piece meets, a bit each: one look at a run of pieces tells which of
    the rules that may begin there can match at all.
    """

    language: str
    alphabet: Alphabet
    worths: dict[str, dict[str, Worth]]
    rules: dict[str, tuple[Rule, ...]]
    met: dict[str, int]
    starts: re.Pattern[str]
    traits: dict[str, Any]
    holidays: dict[str, str]
    modifiers: dict[str, str]

    def chars_of(self, name: str) -> str:
        """Return the characters of the pieces of a class."""
        return self.alphabet.chars_of(name)


LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
"""The languages that have a grammar."""


@cache
def read_grammar(language: str) -> Grammar | None:
    """Return the grammar of a language, None if it has none.

    Raises:
        KeyError: the file names a class without words.
    """
    if language not in LANGUAGES:
        return None
    path = files("etl.tag.dates").joinpath("grammars", f"{language}.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    worths = {name: dict(_words(text)) for name, text in raw["words"].items()}
    longest_first = sorted(raw["holidays"], key=len, reverse=True)
    raw["macros"] |= {"HOLIDAY": "|".join(longest_first)}
    return _compile(language, Alphabet(_classes(raw, worths)), worths, raw)


def _classes(raw: dict[str, Any], worths: dict[str, dict[str, Worth]]) -> dict[str, set[str]]:
    """Return the classes of each form of each word that a grammar knows."""
    classes: dict[str, set[str]] = defaultdict(set)
    for name, words in worths.items():
        for word in words:
            classes[word].add(name)
    patterns = [pattern for say in raw["say"] for pattern in say["when"]]
    for pattern in (*patterns, *raw["macros"].values()):
        for word in literals(pattern):
            for form in _forms(word) - {HYPHEN}:
                classes[form].add(literal_class(word))
    return classes


def _compile(
    language: str, alphabet: Alphabet, worths: dict[str, dict[str, Worth]], raw: dict[str, Any]
) -> Grammar:
    core = alphabet.chars_beyond(_common(raw["common"]))
    common = frozenset(alphabet.codes()) - frozenset(core)
    compiler = Compiler(alphabet.chars_of, raw["macros"], common)
    rules: dict[str, list[Rule]] = defaultdict(list)
    bits: dict[frozenset[str], int] = {}
    order = 0
    for say in raw["say"]:
        given = {name: value for name, value in say.items() if name not in {"kind", "when"}}
        for text in say["when"]:
            order += 1
            pattern = compiler.compile(text)
            bit = bits.setdefault(pattern.needs, 1 << len(bits))
            rule = Rule(order, say["kind"], pattern, bit, given)
            for char in pattern.first:
                rules[char].append(rule)
    return Grammar(
        language=language,
        alphabet=alphabet,
        worths=worths,
        rules={char: tuple(some) for char, some in rules.items()},
        met=_met(bits),
        starts=_starts(rules, core),
        traits=raw["traits"],
        holidays=raw["holidays"],
        modifiers=raw["modifiers"],
    )


def _met(bits: dict[frozenset[str], int]) -> dict[str, int]:
    met: dict[str, int] = defaultdict(int)
    for needs, bit in bits.items():
        for char in needs:
            met[char] |= bit
    return dict(met)


def _common(common: dict[str, str]) -> frozenset[str]:
    words = (literal_class(word) for word in common["words"].split())
    return frozenset((*common["classes"].split(), *words))


def _starts(rules: Iterable[str], core_chars: str) -> re.Pattern[str]:
    """Return what finds the places where an expression may begin.

    "The", "last" or a figure are everywhere; they begin one only where nothing but their like
    stands between them and a word that is of time.
    """
    core = _any(core_chars)
    weak = _any([char for char in rules if not re.match(core, char)])
    return re.compile(
        f"(?=[{_escaped(rules)}])(?:{core}|{weak}(?=[^{OTHER}{BREAK}]{{0,{_MAX_REACH}}}?{core}))"
    )


def _any(chars: Iterable[str]) -> str:
    return f"[{_escaped(chars)}]"


def _escaped(chars: Iterable[str]) -> str:
    return "".join(re.escape(char) for char in sorted(chars))


def _words(text: str) -> Iterator[tuple[str, Worth]]:
    """Yield the forms of each word of "January=1 may=5" and its worth.

    A word in small letters may begin a sentence; one with a capital is only written with it.
    """
    for entry in text.split():
        word, _, worth = entry.partition("=")
        value = int(worth) if re.fullmatch(r"-?[0-9]+", worth) else worth or None
        for form in _forms(word):
            yield form, value


def _forms(word: str) -> set[str]:
    return {word, word[:1].upper() + word[1:], word.upper()} if word else set()
