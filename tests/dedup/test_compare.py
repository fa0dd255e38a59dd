"""Tests of etl/dedup/compare.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.dedup import classify_change
from etl.dedup.compare import find_similarity

SENTENCES = [
    f"Paragraph {n} tells how the {word} was repaired by the town last winter."
    for n, word in enumerate(
        ["bridge", "road", "school", "harbour", "library", "station", "market", "tower"]
    )
]
OLD = " ".join(SENTENCES)


@pytest.mark.parametrize(
    ("new", "title", "change"),
    [
        (OLD.replace(" ", "\n").upper(), "The TITLE!", "cosmetic"),
        (OLD.replace("school", "old school"), "The title", "correction"),
        (OLD, "Another title", "correction"),
        (f"{OLD} Correction: it was built in 1901.", "The title", "correction"),
        (f"{OLD} One more came. Then another one. And a third.", "The title", "update"),
        (" ".join(SENTENCES[:5]), "The title", "update"),
        ("Something else was written here, and nothing of it stood before.", "X", "rewrite"),
    ],
)
def test_changes_are_named_by_what_they_change(new: str, title: str, change: str):
    """Spelling, a sentence or two, more, or nearly everything."""
    assert classify_change(OLD, new, "The title", title) == change


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_similarity_is_symmetric_and_whole_for_equals(old: list[str], new: list[str]):
    """Between 0 and 1, 1 for the same words."""
    assert find_similarity(old, new) == find_similarity(new, old)
    assert 0 <= find_similarity(old, new) <= 1
    assert find_similarity(old, old) == 1


@given(st.text(max_size=80))
def test_a_text_compared_with_itself_is_cosmetic(text: str):
    """Nothing changed is the smallest change."""
    assert classify_change(text, text, text, text) == "cosmetic"
