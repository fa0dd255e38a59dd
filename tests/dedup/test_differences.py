"""Sentence by sentence: what went, what came, what took whose place."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from etl.dedup.differences import Difference, find_blocks, find_differences
from tests.patience import ends

OLD = "It rained all day. It costs 5 euros. Nobody waited long. The mayor left."


def compare(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    """Return kind, was and now of every difference."""
    return [(one.kind, one.was, one.now)
            for one in find_differences("T", old, "T", new, language="en")]  # fmt: skip


def test_sentences_go_come_and_take_each_others_place():
    """In the order of the text, the most alike paired."""
    new = "It costs 7 euros. Nobody waited long. A ship came in. The mayor has left the town."
    assert compare(OLD, new) == [
        ("removed", "It rained all day.", None),
        ("replaced", "It costs 5 euros.", "It costs 7 euros."),
        ("added", None, "A ship came in."),
        ("replaced", "The mayor left.", "The mayor has left the town."),
    ]


def test_the_title_comes_first():
    """As was and as is."""
    first, *others = find_differences("Old", OLD, "New", OLD, language="en")
    assert first == Difference(field="title", kind="replaced", was="Old", now="New")
    assert not others


def test_a_sentence_moved_is_taken_out_and_put_in():
    """Order is part of a text."""
    kinds = {kind for kind, _, _ in compare("First one. Second two.", "Second two. First one.")}
    assert kinds == {"removed", "added"}


def test_what_changes_by_itself_is_left_out():
    """And said where there is nothing else."""
    stamped = OLD + "\n\nUpdated 3 minutes ago"
    assert compare(stamped, stamped.replace("3 min", "8 min")) == [("churn", None, None)]
    assert compare(stamped, OLD.replace("5", "6")) == [
        ("replaced", "It costs 5 euros.", "It costs 6 euros.")
    ]


@given(st.lists(st.sampled_from("abcdefgh"), max_size=14),
       st.lists(st.sampled_from("abcdefgh"), max_size=14))  # fmt: skip
def test_blocks_turn_one_sequence_into_the_other(old: list[str], new: list[str]):
    """Putting the new stretches in the old ones' places gives the new sequence."""
    made, at = [], 0
    for first, last, since, until in find_blocks(old, new):
        assert first < last or since < until
        made += old[at:first] + new[since:until]
        at = last
    assert made + old[at:] == new


@given(
    st.lists(st.sampled_from(["One two.", "One three.", "Four five six.", "Six."]), max_size=8),
    st.lists(st.sampled_from(["One two.", "One three.", "Four five.", "Six."]), max_size=8),
)
def test_every_sentence_that_went_or_came_is_told_once(old: list[str], new: list[str]):
    """Old, less what was, plus what is now, is new."""
    told = find_differences("T", " ".join(old), "T", " ".join(new), language="en")
    was = Counter(one.was for one in told if one.was)
    now = Counter(one.now for one in told if one.now)
    assert Counter(old) - was + now == Counter(new)
    assert not was - Counter(old)


def test_a_live_blog_of_20000_sentences_is_compared_in_time():
    """Every other sentence edited, all of them new, and the same few ones again and again."""
    old = " ".join(f"At {n} the harbour reported {n * 7} lorries." for n in range(20_000))
    for new in (
        old.replace("1 the harbour", "1 the port"),
        " ".join(f"Something {n} else was told by {n * 3}." for n in range(20_000)),
        "Yes. No. " * 10_000,
    ):
        with ends():
            assert find_differences("T", old, "T", new, language="en")
    with ends():
        assert find_differences("T", "Yes. No. " * 10_000, "T", "No. Maybe. " * 10_000,
                                language="en")  # fmt: skip
