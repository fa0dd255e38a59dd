"""The index of words: what is found, and how it ranks."""

from __future__ import annotations

import math
import re
from unicodedata import normalize

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.store.migrate import migrate
from etl.store.postings import index_missing
from etl.store.search import search_articles
from etl.store.sql import Connection
from etl.terms import fold, split_words
from etl.terms.stems import stem
from tests.store.desk import NOON
from tests.store.indexing import find, put


@pytest.mark.parametrize(
    ("text", "language", "words", "is_found"),
    [
        ("Ferries sail, a ferry is sailing", "en", "sailing ferry", True),
        ("The ferries sail", "en", '"ferries sail"', True),
        ("The ferries sail", "en", '"ferry sail"', False),
        ("The ferries sail", "en", '"sail ferries"', False),
        ("東京都の天気", "ja", "京都", True),
        ("東京都の天気", "ja", "東京", True),
        ("東京都の天気", "ja", "京", True),
        ("東京都の天気", "ja", "気", True),
        ("東京都の天気", "ja", "都東", False),
        ("東京 都", "ja", "東京都", False),
        ("서울시장이 말했다", "ko", "시장", True),
        ("ข่าวน้ำท่วมกรุงเทพ", "th", "น้ำท่วม", True),
        ("قال مُحَمَّد إن", "ar", "محمد", True),
        ("हिन्दी समाचार", "hi", "समाचार", True),
        ("हिन्दी समाचार", "hi", "समच", False),
        ("Η Αθήνα σήμερα", "el", "ΑΘΗΝΑ", True),
        ("Die Straßen von Müller", "de", "strassen MULLER", True),
        ("covid-19 rises", "en", "covid-19", True),
        ("19 covid", "en", "covid-19", False),
        ("Iran talks", "en", "Iran's", True),
        ("Iran talks", "en", "Ira*", True),
        ("Tirana talks", "en", "Ira*", False),
        ("Iran talks", "en", "talks -iran", False),
        ("Iran talks", "en", 'talks -"talks iran"', True),
        ("Iran talks", "en", "title:iran", False),
        ("Iran talks", "en", "“Iran talks”", True),
        ("Iran talks", "en", "talks zeppelin", False),
        ("Iran talks", "en", "-iran", False),
        ("Iran talks", "en", "", False),
        ("Iran talks", "en", "*", False),
        ("Iran talks", "en", '" "', False),
        ("Iran talks", "en", "title: - -- -title:", False),
    ],
)  # fmt: skip
def test_what_is_found_and_what_is_not(
    con: Connection, text: str, language: str, words: str, is_found: bool
):
    """In every script, by every kind of clause."""
    put(con, "one", text, language=language)
    assert find(con, words) == ["one"] * is_found


def test_a_phrase_does_not_span_title_and_text(con: Connection):
    """However long the title."""
    put(con, "one", "corridor opens", title="The grain")
    put(con, "two", "corridor opens", title="grain " * 300)
    assert find(con, '"grain corridor"') == []
    assert find(con, 'title:"the grain" "corridor opens"') == ["one"]


def test_nothing_typed_is_run_as_sql(con: Connection):
    """It is a value, wherever it goes."""
    put(con, "one", "drop table core articles")
    assert find(con, "'; DROP TABLE core.articles; --") == ["one"]
    assert find(con, "drop') UNION SELECT 1,2,3 --") == []
    assert con.execute("FROM search(NULL)").fetchall() == []


WORDS = [
    "ferry",
    "ferries",
    "sail",
    "sailing",
    "harbour",
    "Harbour's",
    "strike",
    "the",
    "北京",
    "x1",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
CLAUSES = st.one_of(
    st.sampled_from(WORDS[:9]),
    st.lists(st.sampled_from(WORDS[:5]), min_size=2, max_size=3).map(
        lambda of: f'"{" ".join(of)}"'
    ),
    st.sampled_from(WORDS[:8]).map(lambda word: f"title:{word}"),
    st.sampled_from(["sai*", "f*", "har*"]),
    st.sampled_from(["-strike", "-title:ferry", '-"ferry sail"']),
)


def forms_of(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    return [fold(word) for word in split_words(normalize("NFC", text))]


def count_clause(clause: str, title: list[str], text: list[str]) -> float:
    """Return how much a clause weighs in an article, word by word: the slow way."""
    body, only_title = clause.removeprefix("title:"), clause.startswith("title:")
    quoted = body.startswith('"')
    wanted = forms_of(body if quoted else re.sub("'s$", "", body))
    is_pair = body == "北京"
    wanted = wanted[:1] if is_pair else wanted

    def matches(form: str, want: str) -> bool:
        if body.endswith("*"):
            return form.startswith(want)
        return form == want if quoted else stem(form, "en") == stem(want, "en")

    def count(words: list[str]) -> int:
        return sum(
            all(matches(form, want) for form, want in zip(words[at:], wanted, strict=False))
            for at in range(len(words) - len(wanted) + 1)
        )

    return 5 * count(title) + (0 if only_title else count(text))


def is_known(clause: str, known: set[str]) -> bool:
    """Return whether the macro can know what a clause means: it has no stemmer, only the texts."""
    body = clause.removeprefix("title:")
    if body.startswith('"') or body.endswith("*") or body == "北京":
        return True
    return set(forms_of(re.sub("'s$", "", body))) <= known


def search_slowly(articles: dict[str, tuple[str, str]], clauses: list[str]) -> dict[str, float]:
    """Return the score of every article that matches, by the formula as it stands in the books."""
    split = {name: (forms_of(title), forms_of(text)) for name, (title, text) in articles.items()}
    lengths = {name: len(title) + len(text) for name, (title, text) in split.items()}
    mean = sum(lengths.values()) / len(lengths)
    plain = [clause for clause in clauses if not clause.startswith("-")]
    excluded = [clause[1:] for clause in clauses if clause.startswith("-")]
    known = {form for words in split.values() for of in words for form in of}
    if not plain or not all(is_known(clause, known) for clause in plain):
        return {}
    excluded = [clause for clause in excluded if is_known(clause, known)]
    tf = {name: [count_clause(clause, *words) for clause in plain] for name, words in split.items()}

    def weigh(clause: str) -> float:
        words = clause.strip('"').split() if clause.startswith('"') else [clause]
        quoted = [f'"{word}"' for word in words] if clause.startswith('"') else words
        dfs = (sum(count_clause(one, *of) > 0 for of in split.values()) for one in quoted)
        return max(math.log(1 + (len(split) - df + 0.5) / (df + 0.5)) for df in dfs)

    weights = [weigh(clause) for clause in plain]
    return {
        name: sum(
            weight * 2.2 * one / (one + 1.2 * (0.25 + 0.75 * lengths[name] / mean))
            for weight, one in zip(weights, tf[name], strict=True)
        )
        for name in articles
        if all(tf[name]) and not any(count_clause(each, *split[name]) for each in excluded)
    }


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6),
    clauses=st.lists(CLAUSES, min_size=1, max_size=3),
)
def test_search_finds_and_ranks_as_a_search_without_an_index(
    pairs: list[tuple[str, str]], clauses: list[str]
):
    """Which articles, and their scores."""
    articles = {f"article{number}": pair for number, pair in enumerate(pairs)}
    with duckdb.connect() as con:
        migrate(con, now=NOON)
        for name, (title, text) in articles.items():
            put(con, name, text, title=title)
        index_missing(con)
        found = con.execute("FROM search($words)", {"words": " ".join(clauses)}).fetchall()
    expected = search_slowly(articles, clauses)
    assert {row[0] for row in found} == set(expected)
    for article_id, score, _ in found:
        assert score == pytest.approx(expected[article_id], abs=1e-5)
    assert [row[:2] for row in found] == sorted(
        (row[:2] for row in found), key=lambda row: (-row[1], row[0])
    )


@settings(max_examples=30, deadline=None)
@given(words=st.text(max_size=40), text=st.text(max_size=60))
def test_no_text_and_no_words_break_it(words: str, text: str):
    """Whatever is typed is looked for, in whatever was read."""
    clean = [part.encode("utf-8", "replace").decode().replace("\0", " ") for part in (words, text)]
    with duckdb.connect() as con:
        migrate(con, now=NOON)
        put(con, "one", clean[1])
        assert find(con, clean[0]) in ([], ["one"])


def test_a_phrase_counts_once_where_it_stands(con: Connection):
    """Not once for each of its words, as it did."""
    put(con, "one", "the ferry sails and the ferry waits", title="no")
    put(con, "two", "nothing")
    index_missing(con)
    for words in ('"the ferry"', '"ferry"'):
        ((article_id, score, _),) = con.execute("FROM search($w)", {"w": words}).fetchall()
        expected = search_slowly(
            {"one": ("no", "the ferry sails and the ferry waits"), "two": ("", "nothing")}, [words]
        )
        assert (article_id, score) == ("one", pytest.approx(expected["one"], abs=1e-5))


@pytest.mark.parametrize("batches", [["ab", "c"], ["c", "b", "a"], ["bca"]])
def test_the_order_of_loading_makes_no_difference(con: Connection, batches: list[str]):
    """Articles of one score come in the order of their ids."""
    for batch in batches:
        for name in batch:
            put(con, name, "ferry sails" if name != "b" else "ferry ferry")
        index_missing(con)
    rows = con.execute("SELECT article_id FROM search('ferry')").fetchall()
    assert [row[0] for row in rows] == ["b", "a", "c"]


def test_only_the_best_have_snippets(con: Connection):
    """As many as are asked for; every match has a score."""
    for number in range(5):
        put(con, f"article{number}", "ferry " * (number + 1))
    index_missing(con)
    rows = con.execute("FROM search('ferry', top := 2)").fetchall()
    assert [row[2] is not None for row in rows] == [True, True, False, False, False]
    assert all(row[1] > 0 for row in rows)


def test_a_snippet_shows_where_the_words_stand_together(con: Connection):
    """Not where the first of them stands; the hits are marked, in any inflection and script."""
    filler = "nothing here " * 40
    put(con, "one", f"Grain was sold. {filler} The “Grain-corridors” near Odesa. {filler}")
    put(con, "two", "昨日、東京都で雨が降った。", language="ja")
    index_missing(con)
    ((_, _, snippet),) = con.execute("FROM search('grain corridors')").fetchall()
    assert "The “**Grain**-**corridors**” near Odesa" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    ((_, _, snippet),) = con.execute("FROM search('東京都')").fetchall()
    assert snippet == "昨日、**東京都**で雨が降った。"


def test_an_inflection_no_text_has_is_found_with_the_stemmer(con: Connection):
    """The macro knows only words that it met; newshouse knows the rules."""
    put(con, "one", "The ferry sails")
    index_missing(con)
    assert con.execute("FROM search('ferries')").fetchall() == []
    for words in ("ferries", "-zeppelin ferries sailing", "the FERRIES"):
        assert [row[5] for row in search_articles(con, words).rows] == ["one"]
    for words in ('"ferries"', "-ferries the", "zeppelins"):
        assert [row[5] for row in search_articles(con, words).rows] == []
