"""What publishers ask about the time between polls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.feeds.polling.hints import after_skipped, header_floor_s

NOW = datetime(2026, 2, 17, 15, 0, tzinfo=UTC)  # a Tuesday
TWO_HOURS_ON = "Tue, 17 Feb 2026 17:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], 0),
        ([("cache-control", "max-age=3600")], 3600),
        ([("cache-control", 'public, MAX-AGE="1800", must-revalidate')], 1800),
        ([("cache-control", "public"), ("cache-control", "max-age=60")], 60),
        ([("cache-control", "max-age=3600"), ("age", "600")], 3000),
        ([("cache-control", "max-age=600"), ("age", "3600")], 0),
        ([("cache-control", "s-maxage=3600")], 0),
        ([("cache-control", "s-maxage=9000, max-age=60")], 60),
        ([("cache-control", "max-age=60, max-age=9000")], 60),
        ([("cache-control", "max-age=31536000")], 86_400),
        ([("cache-control", "max-age=99999999999999999999999")], 86_400),
        ([("cache-control", "max-age=soon")], 0),
        ([("cache-control", "max-age=-1")], 0),
        ([("cache-control", "max-age=0"), ("expires", TWO_HOURS_ON)], 0),
        ([("cache-control", "no-cache, max-age=3600")], 0),
        ([("cache-control", "no-store"), ("expires", TWO_HOURS_ON)], 0),
        ([("expires", TWO_HOURS_ON)], 7200),
        ([("expires", TWO_HOURS_ON), ("date", "Tue, 17 Feb 2026 16:30:00 GMT")], 1800),
        ([("expires", TWO_HOURS_ON), ("date", "rubbish")], 7200),
        ([("expires", "Tue, 17 Feb 2026 13:00:00 GMT")], 0),
        ([("expires", "0")], 0),
        ([("expires", "-1")], 0),
        ([("cache-control", "max-age=60"), ("expires", TWO_HOURS_ON)], 60),
    ],
)
def test_an_answer_says_how_long_it_is_fresh(headers: list[tuple[str, str]], seconds: int):
    """RFC 9111, 4.2.1 and 5.3; a day at most."""
    assert header_floor_s(headers, now=NOW) == seconds


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
def test_no_header_is_too_strange(control: str, expires: str, age: str):
    """Servers send anything."""
    headers = [("cache-control", control), ("expires", expires), ("age", age)]
    assert 0 <= header_floor_s(headers, now=NOW) <= 86_400


def test_a_poll_moves_to_the_end_of_the_hours_the_feed_wants_to_sleep():
    """RSS 2.0: skipHours are UTC."""
    night = frozenset({22, 23, 0, 1, 2, 3, 4, 5})
    at = datetime(2026, 2, 17, 23, 40, tzinfo=UTC)
    assert after_skipped(at, night, frozenset()) == datetime(2026, 2, 18, 6, tzinfo=UTC)
    assert after_skipped(NOW, night, frozenset()) == NOW


def test_a_poll_moves_over_skipped_days_a_day_at_most():
    """A weekend is met once; a feed that skips everything is met once a day."""
    sunday = datetime(2026, 2, 22, 9, 30, tzinfo=UTC)
    assert after_skipped(sunday, frozenset(), frozenset({5, 6})) == datetime(
        2026, 2, 23, tzinfo=UTC
    )
    for hours, days in ((frozenset(range(24)), frozenset()), (frozenset(), frozenset(range(7)))):
        assert after_skipped(NOW, hours, days) == NOW + timedelta(days=1)


@settings(deadline=None)
@given(
    st.timedeltas(timedelta(0), timedelta(days=20_000)),
    st.frozensets(st.integers(0, 23)),
    st.frozensets(st.integers(0, 6)),
)
def test_a_skip_never_shortens_a_wait_nor_costs_more_than_a_day(
    since: timedelta, hours: frozenset[int], days: frozenset[int]
):
    """And where less than a day was asked for, the poll falls outside."""
    at = NOW + since
    moved = after_skipped(at, hours, days)
    assert at <= moved <= at + timedelta(days=1)
    if moved < at + timedelta(days=1):
        assert moved.hour not in hours
        assert moved.weekday() not in days
