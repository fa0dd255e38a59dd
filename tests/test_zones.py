"""The day an article is of is that of its publisher."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from etl.records import Bug, VersionText
from etl.refine import reread
from etl.tag import RulesRecognizer
from etl.zones import keep_zone

LATE = datetime(2023, 10, 11, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2023-10-12T02:30:00+09:00", 12),
        ("Thu, 12 Oct 2023 02:30:00 +0900", 12),
        ("2023-10-11T10:30:00-07:00", 11),
        ("2023-10-11T17:30:00Z", 11),
        ("2023-10-11T17:30:00+99:00", 11),
        (None, 11),
    ],
)
def test_a_date_keeps_the_zone_it_came_in(raw: str | None, day: int):
    """The moment is the same, the day is that of the zone; none is made up."""
    kept = keep_zone(LATE, raw)
    assert kept is not None
    assert (kept, kept.day) == (LATE, day)


def test_an_end_of_the_calendar_stays_where_it_is():
    """The zone would carry it out of the years there are."""
    first = datetime(1, 1, 1, tzinfo=UTC)
    assert keep_zone(first, "0001-01-01T00:00:00-05:00") == first
    assert keep_zone(None, "2023-10-12T02:30:00+09:00") is None


def test_today_is_the_publishers_day():
    """Half past two at night in Tokyo is yesterday in Greenwich, and today in the text."""
    version = VersionText(
        article_id="a", version=1, title="Rain", text="Rain fell today.", language="en",
        published_at=LATE, published_raw="2023-10-12T02:30:00+09:00", where="x@0",
    )  # fmt: skip
    read = reread(version, recognizer=RulesRecognizer())
    assert not isinstance(read, Bug)
    assert [timex.timex_value for timex in read.timexes] == ["2023-10-12"]
