"""How long an answer holds (RFC 9111)."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.freshness import find_lifetime, read_http_date
from tests.net.conftest import NOW

DATE = "Sun, 22 Nov 2026 12:00:00 GMT"
LATER = "Sun, 22 Nov 2026 12:10:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=60"}, 60),
        ({"cache-control": 'public, Max-Age = "60"'}, 60),
        ({"cache-control": "s-maxage=900, max-age=60"}, 60),
        ({"cache-control": "max-age=60", "age": "50"}, 10),
        ({"cache-control": "max-age=60", "age": "500"}, 0),
        ({"cache-control": "max-age=60", "age": "soon"}, 60),
        ({"cache-control": "max-age=60", "expires": LATER, "date": DATE}, 60),
        ({"cache-control": "max-age=0"}, 0),
        ({"cache-control": "no-cache"}, 0),
        ({"cache-control": "max-age=60, no-store"}, 0),
        ({"expires": LATER, "date": DATE}, 600),
        ({"expires": LATER}, 600),
        ({"expires": DATE, "date": LATER}, 0),
        ({"expires": "0"}, 0),
        ({"cache-control": "max-age=never", "expires": LATER}, 600),
    ],
)
def test_an_answer_is_fresh_for_as_long_as_its_headers_say(
    headers: dict[str, str], seconds: int | None
) -> None:
    """max-age less Age, else Expires less Date, else not said (RFC 9111, 4.2.1 and 5.3)."""
    want = None if seconds is None else timedelta(seconds=seconds)
    assert find_lifetime(tuple(headers.items()), fetched_at=NOW) == want


names = st.sampled_from(["cache-control", "expires", "date", "age"])
values = st.one_of(st.text(max_size=30), st.sampled_from([DATE, LATER, "max-age=9"]))


@given(st.lists(st.tuples(names, values), max_size=6))
def test_whatever_the_headers_say_it_is_never_less_than_nothing(
    headers: list[tuple[str, str]],
) -> None:
    """Nor is anything raised: headers are a stranger's text."""
    lifetime = find_lifetime(tuple(headers), fetched_at=NOW)
    assert lifetime is None or lifetime >= timedelta(0)


@given(st.text(max_size=40))
def test_a_date_is_in_utc_or_none(text: str) -> None:
    """HTTP dates come in three spellings (RFC 9110, 5.6.7), and in none."""
    at = read_http_date(text)
    assert at is None or at.tzinfo is UTC
