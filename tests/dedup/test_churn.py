"""What changes by itself is no version, and what says something always is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.dedup.churn import find_telling, is_churn, is_churn_line
from tests.patience import ends

TEXT = "The bridge was closed on Monday.\n\nThree lorries fell into the river, police said."


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Updated 3 minutes ago"),
        ("en", "3 hr. ago"),
        ("en", "Last updated: 21 November 2026 09:30 GMT"),
        ("en", "Last updated Nov 21, 2026, 9:30 a.m. ET"),
        ("de", "vor 5 Minuten aktualisiert"),
        ("de", "Aktualisiert am 21. November 2026, 09:30 Uhr"),
        ("de", "Stand: 21.11.2026, 9 Uhr"),
        ("fr", "Mis à jour il y a 3 heures"),
        ("fr", "Publié le 3 mars 2026 à 14h05"),
        ("es", "hace 2 horas"),
        ("pt", "há 2 horas"),
        ("it", "Aggiornato 4 minuti fa"),
        ("nl", "5 minuten geleden bijgewerkt"),
        ("pl", "Aktualizacja: 3 marca 2026, 12:00"),
        ("ru", "Обновлено 3 марта 2026 г. в 12:30"),
        ("uk", "Оновлено 5 хвилин тому"),
        ("ar", "قبل 5 دقائق"),
        ("ja", "5分前に更新"),
        ("hu", "Updated 2 hours ago"),
        (None, "Posted 1 day ago"),
        ("en", "1,234 views"),
        ("en", "12 comments · 3.4k shares"),
        ("de", "345 Kommentare"),
        ("en", "Comments (12)"),
        ("en", "Read more: The bridge is closed"),
        ("fr", "Lire aussi : Le pont est fermé"),
    ],
)
def test_stamps_counters_and_pointers_are_churn(language: str | None, line: str):
    """In the language of the text, or in English."""
    assert is_churn_line(line, language=language)
    assert is_churn("T", f"{TEXT}\n\n{line}", "T", TEXT, language=language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "3 people died."),
        ("en", "12 dead"),
        ("en", "Wounded: 5"),
        ("en", "Kick-off: 15:30"),
        ("en", "Polls close at 20:00"),
        ("en", "Born 3 March 1962"),
        ("en", "He died 3 days ago."),
        ("en", "The bridge was closed 3 hours ago, police said."),
        ("en", "The match ended 3-2"),
        ("en", "Page views rose to 1,234 that day"),
        ("en", "In 2019"),
        ("en", "Published"),
        ("de", "Am Montag um 9 Uhr"),
        ("en", "They said: read more"),
    ],
)
def test_a_line_that_may_say_something_is_text(language: str, line: str):
    """In doubt a version is made."""
    assert not is_churn_line(line, language=language)
    assert not is_churn("T", f"{TEXT}\n\n{line}", "T", TEXT, language=language)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Three lorries", "Five lorries"),
        ("closed", "closd"),
        ("Monday", "monday"),
        (", police", ""),
    ],
)
def test_a_changed_sentence_is_a_change(old: str, new: str):
    """Also where only a letter of it changed."""
    assert not is_churn("T", TEXT, "T", TEXT.replace(old, new), language="en")


def test_a_changed_headline_is_a_change():
    """Whatever of it changed."""
    assert not is_churn("Bridge closed", TEXT, "Bridge closed!", TEXT, language="en")


def test_spaces_and_the_shapes_of_quotes_and_dashes_say_nothing():
    """Content systems turn them into one another when a page is saved again."""
    old = 'He said "no" - it\'s over...\n\nSo be it.'
    new = "He  said \u201cno\u201d \u2013 it\u2019s\u00a0over\u2026 \n So be\u00ad it."
    assert is_churn("T", old, "T", new, language="en")


def test_headlines_in_a_row_under_most_read_are_links():
    """Until a sentence follows."""
    links = "Most read\n\nA cat was found in Bergen\n\nTen tips for winter\n\n"
    other = links.replace("Ten tips for winter", "Storm hits the coast")
    assert is_churn("T", TEXT + "\n\n" + links, "T", TEXT + "\n\n" + other, language="en")
    assert find_telling(links + TEXT, language="en") == find_telling(TEXT, language="en")


@given(st.text(max_size=60), st.text(max_size=60))
def test_churn_is_the_same_both_ways(one: str, other: str):
    """And a text is never changed against itself."""
    assert is_churn("T", one, "T", one, language="en")
    there, back = (is_churn("T", a, "T", b, language="de") for a, b in ((one, other), (other, one)))
    assert there == back


def test_a_hostile_text_ends():
    """Long lines, many lines, digits without end."""
    with ends():
        text = "1 " * 200_000 + "\n" + "5 minutes ago\n" * 20_000 + "9" * 100_000
        assert is_churn("T", text, "T", text, language="en")
