"""How the model reads: letters, windows, labels, lists, and what mentions agree on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.tag.model.agreement import Marked, agree
from etl.tag.model.labels import LABELS, best_path, find_names
from etl.tag.model.letters import (
    AMOUNT,
    CAPITAL,
    CASELESS,
    HYPHEN,
    LOWER,
    MIXED,
    SIGN,
    TITLE,
    UPPER,
    case_of,
    near_names,
)
from etl.tag.model.lists import (
    EVENT,
    FAMILY_NAME,
    FIRST_NAME,
    ORGANISATION,
    PEOPLE,
    PLACE,
    TOWN,
    find_listed,
)
from etl.tag.model.network import load_tokenizer
from etl.tag.model.windows import cut_windows
from etl.tag.model.words import read_words


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("said", LOWER), ("Iran", TITLE), ("A", CAPITAL), ("UN", UPPER), ("McKay", MIXED),
        ("iPhone", MIXED), ("2023", AMOUNT), ("7th", AMOUNT), ("million", AMOUNT), (",", SIGN),
        ("-", HYPHEN), ("北", CASELESS), ("ß", LOWER), ("Éire", TITLE),
    ],
)  # fmt: skip
def test_letters_of_a_word_are_one_class(word: str, case: int) -> None:
    """The vocabulary of the model is all small letters."""
    assert case_of(word) == case


def test_small_words_far_from_any_name_are_passed_over() -> None:
    """Neighbours are kept, and all that hyphens join."""
    words = ["he", "said", "that", "Moon", "Jae", "-", "in", "would", "not", "pay", "it"]
    kept = near_names(np.array([case_of(word) for word in words]))
    assert [word for word, is_kept in zip(words, kept, strict=True) if is_kept] == [
        "that", "Moon", "Jae", "-", "in",
    ]  # fmt: skip


@given(text=st.text(alphabet=st.sampled_from(" \nabA.,-9é北😀"), max_size=2_000))
@settings(deadline=None)
def test_windows_hold_every_word_once_and_no_more_than_they_may(text: str) -> None:
    """And words are where they say."""
    for words in read_words(text, load_tokenizer()):
        windows = list(cut_windows(words, most=20))
        assert [first for first, _ in windows] == [0, *(last for _, last in windows[:-1])]
        assert windows[-1][1] == len(words.firsts)
        bounds = [*words.firsts.tolist(), len(words.ids)]
        for first, last in windows:
            assert bounds[last] - bounds[first] <= 20 or last == first + 1
        assert (words.starts < words.ends).all()
        assert (words.ends[:-1] <= words.starts[1:]).all()


def test_windows_end_with_sentences_where_they_can() -> None:
    """Rather than in the middle of a name."""
    text = "The ferry sails again today. " * 12
    (words,) = read_words(text, load_tokenizer())
    ends = [text[words.ends[last - 1] - 1] for _, last in cut_windows(words, most=40)]
    assert set(ends) == {"."}


def test_the_likeliest_valid_labels_are_found() -> None:
    """What carries on a name is of the name's own type, even where another scores better."""
    scores = np.full((3, len(LABELS)), -9.0, dtype=np.float32)
    scores[0, LABELS.index("B-ORG")] = -0.1
    scores[1, LABELS.index("I-LOC")] = -0.2
    scores[1, LABELS.index("I-ORG")] = -0.3
    scores[2, 0] = -0.1
    path = best_path(scores)
    assert [LABELS[label] for label in path] == ["B-ORG", "I-ORG", "O"]
    (name,) = find_names(path, scores)
    assert (name.first, name.last, name.kind) == (0, 2, "ORG")
    assert name.score == pytest.approx(np.exp(-0.3))


def test_lists_tell_the_longest_name_they_know() -> None:
    """Of several lists at once; small words are on none."""
    words = [
        "in", "New", "York", "City", "and", "Vellore", "John", "Okafor", "met", "Sri", "Lankan",
        "UN", "reading", "Nobel", "Peace", "Prize",
    ]  # fmt: skip
    cases = np.array([case_of(word) for word in words])
    told = dict(zip(words, find_listed(words, cases).tolist(), strict=True))
    assert told["York"] & PLACE
    assert told["City"] & TOWN
    assert told["Vellore"] & TOWN
    assert told["John"] & FIRST_NAME
    assert told["Okafor"] & FAMILY_NAME
    assert told["Lankan"] & PEOPLE
    assert told["Peace"] & EVENT
    assert told["UN"] & ORGANISATION
    assert told["in"] == told["reading"] == 0


def mark(text: str, name: str, kind: str, score: float, nth: int = 0) -> Marked:
    """Return the mark of the `nth` occurrence of `name`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Marked(start_char=start, end_char=start + len(name), kind=kind, score=score)


def test_what_no_mention_makes_likely_is_no_name() -> None:
    """One that is sure vouches for the others."""
    text = "Odhikar and Minbyon. Minbyon left."
    marks = [
        mark(text, "Odhikar", "ORG", 0.4),
        mark(text, "Minbyon", "ORG", 0.4),
        mark(text, "Minbyon", "ORG", 0.9, 1),
    ]
    assert agree(text, marks) == tuple(marks[1:])


def test_mentions_of_a_name_agree_on_what_it_is() -> None:
    """A full name tells what its surname is; dates have no say."""
    text = "Abdou Benali came. Benali spoke. In May, May Benali left. Benali slept."
    marks = [
        mark(text, "Abdou Benali", "PERSON", 0.9),
        mark(text, "Benali", "LOC", 0.6, 1),
        mark(text, "May", "DATE", 0.9),
        mark(text, "May Benali", "PERSON", 0.8),
        mark(text, "Benali", "LOC", 0.7, 3),
    ]
    assert [one.kind for one in agree(text, marks)] == [
        "PERSON", "PERSON", "DATE", "PERSON", "PERSON",
    ]  # fmt: skip
