"""What is told of a pair without aligning it."""

from __future__ import annotations

from itertools import chain
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from etl.dedup.alignment import align
from etl.dedup.chance import list_runs, may_repeat
from etl.dedup.sketch import sketch_text
from etl.dedup.verdict import judge
from etl.records import Sketch

WORDS = [f"word{place}" for place in range(60)]


def write(seed: int, *, words: int) -> list[str]:
    """Return a text of some words; each seed another's."""
    return Random(seed).choices(WORDS, k=words)


def sketch(words: list[str]) -> Sketch:
    """Return the sketch of a text in paragraphs of twenty words."""
    return sketch_text("A b c", [" ".join(words[at : at + 20]) for at in range(0, len(words), 20)])


@given(
    st.integers(0, 99), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60),
    st.booleans(),
)  # fmt: skip
def test_no_duplicate_is_left_out(seed: int, shared: int, before: int, behind: int, is_cut: bool):
    """Whatever a pair shares and wherever it stands, also where an alignment finds it moved."""
    common = write(seed, words=shared)
    one = sketch(write(seed + 100, words=before) + common)
    halves = [common[shared // 2 :], common[: shared // 2]] if is_cut else [common]
    other = sketch([*chain(*halves), *write(seed + 200, words=behind)])
    alignment = align(one, other)
    if judge(one, other, alignment).is_duplicate:
        assert may_repeat(list_runs(one), list_runs(other))
        assert may_repeat(list_runs(other), list_runs(one))


def test_a_text_repeats_itself_however_short_it_is():
    """Of three words, or none."""
    for words in (0, 1, 3, 5, 400):
        runs = list_runs(sketch(write(1, words=words)))
        assert may_repeat(runs, runs)


def test_a_phrase_in_common_is_chance():
    """Nine words in a row are not the 25 of a duplicate; 25 are."""
    for shared, may in ((9, False), (25, True)):
        common = write(1, words=shared)
        one, other = ([f"{side}{place}" for place in range(300)] for side in "xy")
        one[40:40], other[200:200] = common, common
        assert may_repeat(list_runs(sketch(one)), list_runs(sketch(other))) == may


def test_runs_tell_words_and_their_order():
    """Not where paragraphs begin."""
    words = write(3, words=50)
    runs = list_runs(sketch(words)).tolist()
    assert len(runs) == len(words) - 3
    assert list_runs(sketch_text("", [" ".join(words)])).tolist() == runs
    assert list_runs(sketch(words[::-1])).tolist() != runs
