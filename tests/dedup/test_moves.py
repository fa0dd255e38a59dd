"""A page at another address: the article, moved, or something else."""

from __future__ import annotations

from etl.dedup.moves import find_move_evidence

SENTENCES = [f"On day {n} the {n * 13} lorries of firm {n * 7} crossed bridge {n}." for n in
             range(20)]  # fmt: skip
OLD = " ".join(SENTENCES)
OTHER = " ".join(f"Team {n} beat team {n + 1} by {n * 3} goals in round {n}." for n in range(20))


def test_the_text_speaks_for_itself_also_when_it_was_edited():
    """Under whatever headline."""
    edited = OLD.replace("lorries", "buses")
    assert find_move_evidence("Bridge over limit", OLD, "Bridge: buses", edited)
    assert find_move_evidence("Bridge over limit", OLD, "More", f"{OLD} {OTHER}")


def test_another_story_the_home_page_and_a_section_do_not():
    """They share nothing with it, or hold far more than it."""
    assert find_move_evidence("Bridge over limit", OLD, "Cup final", OTHER) is None
    assert find_move_evidence("Bridge over limit", OLD, "Bridge over limit", OTHER) is None
    section = " ".join([OTHER] * 6 + [OLD])
    assert find_move_evidence("Bridge over limit", OLD, "News", section) is None
    assert find_move_evidence("Bridge over limit", OLD, "News", "") is None


def test_an_unchanged_headline_stands_for_a_text_that_was_rewritten():
    """If some of it is left."""
    half = " ".join(SENTENCES[:7]) + " " + OTHER
    title = "Bridge far over its limit"
    assert find_move_evidence(title, OLD, title, half)
    assert find_move_evidence(title, OLD, "Cup final", half) is None
