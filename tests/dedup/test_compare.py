"""Tests of etl/dedup/compare.py."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.dedup import classify_change
from etl.dedup.compare import find_similarity, is_slip
from etl.dedup.differences import find_differences

SENTENCES = [
    f"Paragraph {n} tells how the {word} was repaired by the town last winter."
    for n, word in enumerate(
        ["bridge", "road", "school", "harbour", "library", "station", "market", "tower"]
    )
]
OLD = " ".join(SENTENCES)


NOTICE = "Correction: an earlier version said that the road was closed."
TYPO = OLD.replace("tower", "government tower")


def classify(old: str, new: str, title: str = "The title", new_title: str = "The title") -> str:
    """Return what a change is called."""
    return classify_change(old, new, find_differences(title, old, new_title, new, language="en"))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (OLD, OLD.replace(" ", "\n").upper(), "cosmetic"),
        (TYPO.replace("government", "goverment"), TYPO, "cosmetic"),
        (OLD.replace("last winter", "last-winter"), OLD, "cosmetic"),
        (OLD, OLD.replace("school was", "school, however, was"), "correction"),
        (OLD, OLD.replace("Paragraph 3", "Paragraph 13"), "correction"),
        (OLD.replace("was repaired", "was not repaired"), OLD, "correction"),
        (OLD + " It cost $5.", OLD + " It cost €5.", "correction"),
        (OLD + " It rose by 5.", OLD + " It rose by 5%.", "correction"),
        (OLD + " It fell to -5.", OLD + " It fell to 5.", "correction"),
        (OLD + " Solbakken says so.", OLD + " Solbaken says so.", "correction"),
        (OLD + " It took millions.", OLD + " It took billions.", "correction"),
        (OLD + " The county paid.", OLD + " The country paid.", "correction"),
        (OLD, OLD.replace("road", "roads") + " " + NOTICE, "correction"),
        (OLD, " ".join(SENTENCES[:3] + SENTENCES[4:]), "correction"),
        (OLD, f"{OLD} One more came.", "update"),
        (OLD, f"{OLD} One more came. Then another one. And a third.", "update"),
        (OLD, " ".join(SENTENCES[:5]), "update"),
        (OLD, " ".join(SENTENCES[:3]) + " Much else came to light of which none had heard before. "
         * 5, "rewrite"),
        (OLD, "Something else was written here, and nothing of it stood before.", "rewrite"),
    ],
)  # fmt: skip
def test_changes_are_named_by_what_they_change(old: str, new: str, change: str):
    """Spelling, what a sentence says, more sentences, or nearly everything."""
    assert classify(old, new) == change


@pytest.mark.parametrize(
    ("new_title", "change"),
    [
        ("The TITLE!", "cosmetic"),
        ("The title?", "correction"),
        ("No title", "correction"),
        ("Another headline altogether", "correction"),
    ],
)
def test_a_headline_alone_is_corrected(new_title: str, change: str):
    """However much of it is new: the text is the same."""
    assert classify(OLD, OLD, new_title=new_title) == change


@pytest.mark.parametrize(
    ("was", "now", "is_a_slip"),
    [
        ("goverment", "government", True),
        ("parliment", "parliament", True),
        ("seperate", "separate", True),
        ("governemnt", "government", True),
        ("millions", "billions", False),
        ("minister", "ministers", False),
        ("increase", "decrease", False),
        ("possible", "impossible", False),
        ("now", "not", False),
        ("country", "county", False),
        ("10000000", "10000001", False),
    ],
)
def test_a_slip_is_a_letter_within_a_long_word(was: str, now: str, is_a_slip: bool):
    """Short words have neighbours that mean something else."""
    assert is_slip(was, now) == is_slip(now, was) == is_a_slip


texts = st.lists(st.sampled_from(["a", "b", "c", "d", "\n", "a b c\n"])).map(" ".join)


@given(texts, texts)
def test_similarity_is_symmetric_and_whole_for_equals(old: str, new: str):
    """Between 0 and 1, 1 for the same words."""
    assert find_similarity(old, new) == find_similarity(new, old)
    assert 0 <= find_similarity(old, new) <= 1
    assert find_similarity(old, old) == 1


@given(texts, texts, texts, texts)
def test_similarity_counts_all_pairs_of_neighbours(old: str, new: str, before: str, behind: str):
    """Those within lines that stand in both texts too, which are not counted one by one."""
    sides = [f"{before}\n{text}\n{behind}".split() for text in (old, new)]
    pairs, others = (Counter(pairwise(["", *side, ""] if side else [])) for side in sides)
    total = pairs.total() + others.total()
    dice = 2 * (pairs & others).total() / total if total else 1.0
    assert find_similarity(old, new, around=(before, behind)) == pytest.approx(dice)


@given(st.text(max_size=80))
def test_a_text_compared_with_itself_is_cosmetic(text: str):
    """Nothing changed is the smallest change."""
    assert classify(text, text) == "cosmetic"
