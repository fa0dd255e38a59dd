"""Words: how they are cut, folded and stemmed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from unicodedata import category, normalize

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.store.migrate import migrate
from etl.store.sql import Connection
from etl.terms import BODY_AT, find_stems, fold, index_words, split_words
from etl.terms.index import MOST_WORDS, make_key
from etl.terms.stems import ALGORITHMS, stem
from etl.terms.words import MOST_CHARS

LETTERS = [
    chr(point)
    for point in range(0x30000)
    if category(chr(point)) not in {"Cn", "Cs", "Co"} and split_words(normalize("NFC", chr(point)))
]


@pytest.fixture(scope="module")
def con() -> Iterator[Connection]:
    """Return an empty warehouse with its macros."""
    with duckdb.connect() as opened:
        migrate(opened, now=datetime(2026, 11, 22, tzinfo=UTC))
        yield opened


def test_python_and_sql_fold_every_letter_alike(con: Connection):
    """Alone and inside a word: what is indexed by one is looked for by the other."""
    words = [*LETTERS, *(f"a{letter}b" for letter in LETTERS)]
    con.register("lent_words", pa.table({"word": words}))
    rows = con.execute(
        "SELECT word, main.search_bare(main.search_lower(nfc_normalize(word))) FROM lent_words"
    )
    differing = [
        (word, folded) for word, folded in rows.fetchall() if folded != fold(normalize("NFC", word))
    ]
    assert len(LETTERS) > 120_000
    assert differing == []


def test_python_and_sql_agree_on_what_is_a_letter(con: Connection):
    """Every character between two others either joins them or parts them, in both."""
    points = [point for point in range(1, sys.maxunicode + 1) if not 0xD800 <= point < 0xE000]
    con.register("lent_points", pa.table({"point": pa.array(points, pa.int32())}))
    query = (
        "SELECT point FROM lent_points WHERE regexp_matches(chr(point), "
        "concat('^[', main.search_spaced(), main.search_unspaced(), ']$'))"
    )
    ours = {point for point in points if split_words(chr(point))}
    assert {point for (point,) in con.execute(query).fetchall()} == ours


@given(text=st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str):
    """And nothing of a folded word is lost by cutting it again."""
    for word in split_words(normalize("NFC", text)):
        assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CAFÉ", "cafe"), ("Łódź", "lodz"), ("Straße", "STRASSE"), ("Ærø", "aero"),
        ("Αθήνα", "ΑΘΗΝΑ"), ("ΟΔΟΣ", "οδος"), ("Ёлка", "елка"), ("İstanbul", "istanbul"),
        ("مُحَمَّد", "محمد"), ("محـــمد", "محمد"), ("أحمد", "احمد"), ("שָׁלוֹם", "שלום"),
        ("e\u0301te\u0301", "été"), ("co\u00adop", "coop"), ("ＡＢＣ１２", "abc12"),
    ],
)  # fmt: skip
def test_spellings_of_a_word_fold_to_one(one: str, other: str):
    """Case, accents, points and width make no other word of it."""
    (first,), (second,) = split_words(normalize("NFC", one)), split_words(normalize("NFC", other))
    assert fold(first) == fold(second)


def test_marks_that_are_letters_stay():
    """Without its vowel signs Hindi is another language."""
    (word,) = split_words(normalize("NFC", "हिन्दी"))
    assert fold(word) == normalize("NFC", "हिन्दी")
    assert fold("हिन्दी") != fold("हन्द")


def test_scripts_without_spaces_give_a_pair_a_character():
    """The last stands alone, so that every character begins something."""
    assert split_words("東京都 in 서울시") == ["東京", "京都", "都", "in", "서울", "울시", "시"]


def test_a_word_of_any_length_counts_by_its_beginning():
    """Addresses in running text are such words."""
    assert fold("x" * 1000) == "x" * MOST_CHARS


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "ferries", "ferry"), ("de", "Häuser", "Haus"), ("de", "Mueller", "Müller"),
        ("fr", "élections", "élection"), ("ru", "выборами", "выборы"), ("es", "niños", "niño"),
        ("it", "elezioni", "elezione"), ("pl", "wybory", "wyborów"),
    ],
)  # fmt: skip
def test_inflections_share_a_stem(language: str, one: str, other: str):
    """By the stemmer of their language."""
    assert stem(one, language) == stem(other, language)


@given(word=st.text(alphabet=st.sampled_from("aäeéßsnt'नकи"), min_size=1, max_size=12))
def test_every_language_stems_every_word_to_something_folded(word: str):
    """A stem is never empty where the word is not, and needs no folding."""
    for language in (*ALGORITHMS, "zh", None):
        stemmed = stem(word, language)
        assert bool(stemmed) == bool(fold(word))
        assert fold(stemmed) == stemmed
    assert fold(word) in find_stems(word, ["en"]) or not fold(word)


@given(
    title=st.text(max_size=80), text=st.text(max_size=300), language=st.sampled_from(["en", None])
)
def test_every_word_is_indexed_at_its_place(title: str, text: str, language: str | None):
    """The words can be put back in order, title and text apart."""
    indexed = index_words(title=title, text=text, language=language)
    found: dict[int, str] = {}
    for form, key, places, in_title, in_text in zip(
        indexed.forms, indexed.form_keys, indexed.places, indexed.title_counts,
        indexed.text_counts, strict=True,
    ):  # fmt: skip
        assert key == make_key(form)
        assert list(places) == sorted(set(places))
        assert sum(place < BODY_AT for place in places) == in_title
        assert len(places) == in_title + in_text
        found |= dict.fromkeys(places, form)
    for words, first in ((split_words(normalize("NFC", title)), 0),
                         (split_words(normalize("NFC", text)), BODY_AT)):  # fmt: skip
        expected = {place: fold(word) for place, word in enumerate(words, first) if fold(word)}
        assert {place: found[place] for place in expected} == expected


def test_endless_titles_and_texts_are_cut():
    """Places are 16 bits, and those of the title stay below the text's."""
    indexed = index_words(title="a " * 1000, text="b " * 100_000, language="en")
    assert (indexed.title_words, indexed.text_words) == (BODY_AT - 1, MOST_WORDS)
    assert max(place for places in indexed.places for place in places) < 1 << 16


def test_half_surrogates_do_not_break_it():
    """JSON can spell them."""
    assert index_words(title="a\ud800b", text="\udfff", language="en").forms == ("a", "b")
