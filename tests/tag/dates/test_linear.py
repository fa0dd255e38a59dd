"""Time: whatever a text is made of, twice as much of it takes about twice as long."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.tag.dates import find_timexes
from tests.patience import ends

DAY = datetime(2023, 10, 12, tzinfo=UTC)
PIECES = [
    "1", "1-", "1.", "1:", "1,", " ", "\n", "of the ", "the ", "last the ", "twenty-", "Monday ",
    "May ", "May 3-", "the third quarter ", "a year ago ", "2019-", "'90s ", "early mid late ",
    "between 3 and ", "the end of the ", "two hundred and ", "p.m. ", "on Tuesday will ",
    "Christmas ", "what the first last next ", "İ", "ſ", "x",
]  # fmt: skip


@pytest.mark.parametrize("piece", ["1", "of the ", "1.", " ", "x"])
def test_a_megabyte_of_one_thing_is_read(piece: str):
    """A million characters of digits, or of "of the", end in time."""
    with ends():
        find_timexes(piece * (1_000_000 // len(piece)), anchor=DAY, language="en")


@pytest.mark.parametrize("piece", PIECES)
def test_long_repetitive_texts_take_linear_time(piece: str):
    """Nor does 50 kB of any other piece take more than a moment."""
    with ends():
        find_timexes(piece * (50_000 // len(piece)), anchor=DAY, language="en")


def seconds(text: str, language: str) -> float:
    """Return the CPU seconds that reading `text` takes."""
    started = process_time()
    find_timexes(text, anchor=DAY, language=language)
    return process_time() - started


def outgrows(short: str, language: str) -> bool:
    """Return whether eight times `short` takes at least 24 times as long, each time it is asked.

    A neighbour of the machine, or the collector at work, once made linear reading look like 32
    times as long; what grows with the square of the text does so at every try.
    """
    return all(
        seconds(short * 8, language) >= 24 * max(seconds(short, language), 0.002) for _ in range(6)
    )


@settings(max_examples=25, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join),
    language=st.sampled_from(["en", "de", "fr", "es", "pt", "it", "nl"]),
)
def test_eight_times_the_text_takes_no_more_than_linear_time(pieces: str, language: str):
    """Any mixture of hostile pieces: eight times the text takes far less than 64 times as long."""
    assert not outgrows(pieces * (20_000 // len(pieces)), language)
