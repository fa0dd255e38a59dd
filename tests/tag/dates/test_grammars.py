"""Grammars: every pattern of every language can be read, and what it finds can be resolved."""

from __future__ import annotations

import random
import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import pytest

from etl.tag.dates import find_timexes
from etl.tag.dates.grammar import LANGUAGES, read_grammar
from etl.tag.dates.patterns import _TOKEN
from etl.tag.dates.pieces import classes_of_figure
from etl.tag.dates.scan import find_all, read_scene
from tests.tag.dates.readings import assert_well_formed

FIGURES = (
    "7", "07", "12", "13", "20", "24", "28", "30", "31", "45", "80", "00", "100", "365", "1789",
    "1850", "1990", "2023", "2500", "2023/24", "3:30", "15.30",
    "7.10", "2023-10-07", "07.10.2023", "1/2",
)  # fmt: skip
ANCHORS = (None, datetime(2023, 10, 12, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC))


def raw_grammar(language: str) -> dict[str, Any]:
    """Return a grammar's file as it is written."""
    path = files("etl.tag.dates").joinpath("grammars", f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Speaker:
    """Says at random what a pattern matches."""

    def __init__(self, raw: dict[str, Any], seed: int) -> None:
        self.raw, self.random = raw, random.Random(seed)
        self.macros = raw["macros"] | {"HOLIDAY": "|".join(raw["holidays"])}

    def text(self, pattern: str) -> str:
        """Return a text that `pattern` matches."""
        words = " ".join(self._choice(_TOKEN.findall(pattern)[::-1]))
        return words.replace(" - ", "-").replace(" ' ", "'")

    def _choice(self, tokens: list[str]) -> list[str]:
        ways = [self._sequence(tokens)]
        while tokens and tokens[-1] == "|":
            tokens.pop()
            ways.append(self._sequence(tokens))
        return self.random.choice(ways)

    def _sequence(self, tokens: list[str]) -> list[str]:
        words: list[str] = []
        while tokens and tokens[-1] not in "|)]":
            part = self._item(tokens)
            if tokens and tokens[-1] == "?":
                tokens.pop()
                part = part if self.random.random() < 0.5 else []
            words += part
        return words

    def _item(self, tokens: list[str]) -> list[str]:
        token = tokens.pop()
        if token in {"(", "["} or token.startswith("(?"):
            inside = self._choice(tokens)
            tokens.pop()
            return [] if token in {"(?!", "(?<!"} else inside
        if token in {"~", "^"}:
            return ["-"] if token == "~" else []
        if token in self.macros:
            return self._choice(_TOKEN.findall(self.macros[token])[::-1])
        if token in self.raw["words"]:
            return [self.random.choice(self.raw["words"][token].split()).split("=")[0]]
        fitting = [figure for figure in FIGURES if token in classes_of_figure(figure)]
        return [self.random.choice(fitting)] if fitting and token.isupper() else [token]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_any_pattern_matches_is_resolved(language: str):
    """Some sayings of each pattern, with a day of writing and without: the laws hold."""
    raw = raw_grammar(language)
    for say in raw["say"]:
        for pattern in say["when"]:
            speaker = Speaker(raw, seed=len(pattern))
            for anchor in ANCHORS * 2:
                assert_well_formed(speaker.text(pattern), anchor=anchor, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_pattern_finds_what_it_was_written_for(language: str):
    """Something is found in what a pattern matches; one that never does is dead."""
    raw = raw_grammar(language)
    grammar = read_grammar(language)
    assert grammar is not None
    for say in raw["say"]:
        for pattern in say["when"]:
            speaker = Speaker(raw, seed=len(pattern))
            texts = (f"{speaker.text(pattern)} q" for _ in range(40))
            assert any(any(find_all(read_scene(text, grammar))) for text in texts), pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_needs_something(language: str):
    """Without it the pattern would be tried at every "the"."""
    grammar = read_grammar(language)
    assert grammar is not None
    for rules in grammar.rules.values():
        assert all(rule.pattern.needs for rule in rules)


def test_languages_without_a_grammar_are_read_plainly():
    """Dutch dates are found as CLDR names its months, and no more."""
    found = find_timexes("Gisteren en op 7 oktober 2023", anchor=ANCHORS[1], language="nl")
    assert [timex.timex_value for timex in found] == ["2023-10-07"]
