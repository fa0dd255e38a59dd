"""`newshouse search`: words, filters, and the ways to show what was found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.errors import ConfigError
from tests.cli.newsroom import CAFE, COPY, EMPTY, FERRY, PLAIN, run

EVERY = {FERRY, COPY, CAFE, PLAIN, EMPTY}


def found(home: Path, *words: str) -> list[str]:
    """Return the ids of the articles found, best first."""
    result = run(home, "search", "--format", "json", *words)
    assert result.exit_code == 0, result.exception
    return [hit["article_id"] for hit in json.loads(result.stdout)]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("ferry", [COPY, FERRY]),
        ("FERRY lodz", [COPY, FERRY]),
        ("CAFÉ", [CAFE]),
        ("cafe", [CAFE]),
        ("l'elysee", [CAFE]),
        ('"grain corridor"', [EMPTY]),
        ('"corridor grain"', []),
        ("ferry tirana", []),
        ("iran", [EMPTY]),
        ("fer* runs", [FERRY]),
        ("fer runs", []),
        ("ferries running", [FERRY]),
        ('"ferries" runs', []),
        ("title:ferry -runs", [COPY]),
        ("again -ferry", []),
        ("c++", [PLAIN]),
        ("(sure)", [PLAIN]),
        ("[x]", [PLAIN]),
        ("100%", [PLAIN]),
        ("'quoted'", [PLAIN]),
    ],
)
def test_every_word_is_found_in_any_form_case_and_accents(
    home: Path, words: str, ids: list[str]
) -> None:
    """Iran is not in Tirana."""
    assert found(home, words) == ids


@pytest.mark.parametrize(
    "words",
    ["", "   ", "%", ".*", "\\", '"', '""', "'", "(", "[", "*", "+", "?", "|", "\x00", "$$", "--",
     "'; DROP TABLE core.articles; --", "(?i", "\\E", "a" * 5000, "o " * 500,
     " ".join("word" + chr(97 + i % 26) + str(i) for i in range(300))],
)  # fmt: skip
def test_no_words_break_it(home: Path, words: str) -> None:
    """Whatever is typed is looked for and never run."""
    assert set(found(home, "--", words)) <= EVERY


def test_a_word_in_the_title_counts_more(home: Path) -> None:
    """Both texts are the same; one title has both words."""
    assert found(home, "again ferry") == [FERRY, COPY]
    assert found(home, "ferry back") == [COPY]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--source", "pier.test"], [COPY]),
        (["--source", "WWW.Pier.test"], [COPY]),
        (["--source", "ier.test"], []),
        (["--language", "EN"], [COPY, FERRY]),
        (["--language", "fr"], []),
        (["--entity", "lodz ferries"], [FERRY]),
        (["--entity", "THE FERRY"], [FERRY]),
        (["--entity", "nobody"], []),
        (["--since", "2026-11-21"], [COPY]),
        (["--until", "2026-11-20"], [FERRY]),
        (["--since", "2026-11-20", "--until", "2026-11-21"], [COPY, FERRY]),
        (["--limit", "1"], [COPY]),
    ],
)
def test_filters_narrow_what_is_found(home: Path, options: list[str], ids: list[str]) -> None:
    """Days are whole and count at both ends; names match an entity's name or alias."""
    assert found(home, "ferry", *options) == ids


def test_an_undated_article_is_filtered_by_when_it_was_seen(home: Path) -> None:
    """It was first seen on the 20th."""
    assert found(home, "grain", "--since", "2026-11-20") == [EMPTY]
    assert found(home, "grain", "--since", "2026-11-21") == []


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "", "20.11.2026"])
def test_a_day_that_is_none_is_refused(home: Path, day: str) -> None:
    """The message shows how to write it."""
    error = run(home, "search", "ferry", "--since", day).exception
    assert isinstance(error, ConfigError)
    assert "2026-11-22" in str(error)


def test_the_default_shows_score_day_source_title_snippet_and_id(home: Path) -> None:
    """What one needs to choose, and to go on with `show`."""
    first, snippet, article_id = run(home, "search", "cafe").stdout.splitlines()[:3]
    assert first.split()[1:] == ["2026-11-10", "rive.test", "Café"]
    assert float(first.split()[0]) > 0
    assert "Le **café** de l’Élysée" in snippet
    assert article_id.strip() == CAFE


def test_snippets_are_one_line_without_escape_sequences(home: Path) -> None:
    """Line ends and escapes come from strangers."""
    result = run(home, "search", "corridor")
    assert "Grain **corridor** near [31m Iran" in result.stdout.replace("  ", " ")
    assert "\x1b" not in result.stdout


def test_finding_nothing_is_said_and_no_error(home: Path) -> None:
    """Stdout stays empty, so that scripts see nothing."""
    result = run(home, "search", "zeppelin")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no article matches 'zeppelin'" in result.stderr
