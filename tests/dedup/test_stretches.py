"""What stands first and last in both texts is left out, and nothing is told otherwise for it."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from etl.dedup.churn import drop_churn, is_churn
from etl.dedup.compare import classify_change
from etl.dedup.differences import find_differences
from etl.dedup.stretches import find_stretch

LINES = (
    "The bridge was closed on day {}.",
    "Lorry {} fell into the river, police said.",
    "The mayor said the government would pay {}.",
    "The mayor said the goverment would pay {}.",
    "Bridge {} in the north",
    "Most read",
    "Related.",
    "Updated {} minutes ago",
    "1,{}00 views",
    "",
)
texts = st.lists(
    st.builds(str.format, st.sampled_from(LINES), st.integers(1, 30)), max_size=8
).map("\n".join)  # fmt: skip


@given(old=texts, new=texts, head=texts, tail=texts)
def test_a_change_is_told_alike_with_and_without_what_stands_around_it(
    old: str, new: str, head: str, tail: str
):
    """Whether lines are churn may hang on the lines above them."""
    was, now = f"{head}\n{old}\n{tail}", f"{head}\n{new}\n{tail}"
    for text in (was, now):  # of two equal sentences either may be the one that was added
        sentences = drop_churn(text, language="en")
        assume(len(set(sentences)) == len(sentences))
    cut = find_stretch(was, now, language="en")
    assert is_churn("T", cut.old, "T", cut.new, language="en") == is_churn(
        "T", was, "T", now, language="en"
    )
    told = find_differences("T", was, "T", now, language="en")
    assert find_differences("T", cut.old, "T", cut.new, language="en") == told
    assert classify_change(cut.old, cut.new, told, around=cut.around) == classify_change(
        was, now, told
    )


def test_of_a_long_text_only_the_paragraph_that_differs_is_left():
    """The rest is not asked again what it is."""
    lines = [f"This is what was said on day {day}." for day in range(200)]
    changed = [*lines[:100], "This was said on no day.", *lines[101:]]
    cut = find_stretch("\n\n".join(lines), "\n\n".join(changed), language="en")
    assert cut.old.strip() == lines[100]
    assert cut.new.strip() == "This was said on no day."
