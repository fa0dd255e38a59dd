"""Dates as publishers write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feeds.reading.dates import parse_date

MOMENT = datetime(2026, 2, 17, 14, 12, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "Tue, 17 Feb 2026 14:12:06 GMT",
        "Tue, 17 Feb 2026 14:12:06 +0000",
        "17 Feb 26 14:12:06 Z",
        "Tue, 17 Feb 2026 09:12:06 EST",
        "Tue, 17 Feb 2026 15:12:06 CET",
        "Tue, 17 Feb 2026 19:42:06 +05:30",
        "Tue, 17 Feb 2026 16:12:06 GMT+2",
        "tue,17  february 2026 14:12:06",
        "Tuesday, February 17, 2026 2:12:06 PM",
        "Feb. 17, 2026, 2:12:06 pm UTC",
        "Tue Feb 17 14:12:06 2026",
        "Tue Feb 17 14:12:06 +0000 2026",
        "mar., 17 févr. 2026 15:12:06 +0100",
        "17 de fevereiro de 2026 11:12:06 BRT",
        "Вт, 17 фев 2026 17:12:06 +0300",
        "2026-02-17T14:12:06Z",
        "2026-02-17T14:12:06.123456789Z",
        "2026-02-17T09:12:06-0500",
        "2026-02-17 15:12:06+01",
        "2026-02-17 14:12:06",
        "2026/02/17 14:12:06",
        "20260217T141206Z",
        "17.02.2026 14:12:06",
        "2026年2月17日 23:12:06 JST",
        "1771337526",
        "1771337526000",
        "Tue, 17 Feb 2026 14:12:06 QQQ",
        "Tue , 17-Feb-2026 14:12:06 GMT",
        "Tue, 17 Feb 2026 09:12:06 -0500 EST",
        "Tue, 17 Feb 2026 15:12:06 +0100 (CET)",
        "Tue Feb 17 2026 15:12:06 GMT+0100 (Central European Standard Time)",
        "2026-02-17T15:12:06+01:00[Europe/Berlin]",
        "2026-02-17T09:12:06\N{MINUS SIGN}05:00",
        "Tue, 17 Feb 2026 19:42:06 +05.30",
        "17/02/2026 14:12:06",
        "02/17/2026 2:12:06 PM",
        "17. Februar 2026 um 14:12:06 Uhr",
        "Dienstag, 17. Februar 2026 - 14:12:06",
        "martes, 17 de febrero de 2026 a las 14:12:06",
        "17 февраля 2026 г., 14:12:06",
        "wt., 17 lut 2026 14:12:06",
        "17 helmikuuta 2026 14:12:06",
        "Τρι, 17 Φεβ 2026 14:12:06",
        "17 فبراير 2026 14:12:06",
        "2026. 2. 17. 14:12:06",
        "2026.02.17 14:12:06",
        "2026년 2월 17일 14:12:06",
        "20260217141206",
    ],
)
def test_a_moment_is_read_in_every_spelling(raw: str):
    """All of these are 14:12:06 UTC on 17 February 2026."""
    assert parse_date(raw) == MOMENT


@pytest.mark.parametrize("raw", ["2026-02-17", "17 Feb 2026", "February 17, 2026", "17.02.2026"])
def test_a_day_alone_is_its_midnight(raw: str):
    """No time of day: the day begins."""
    assert parse_date(raw) == datetime(2026, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "2026年02月17日 14时12分",
        "2026년 2월 17일 14시 12분",
        "mardi 17 février 2026 à 14h12",
        "20260217T1412Z",
    ],
)
def test_a_minute_alone_is_its_beginning(raw: str):
    """No seconds, in any spelling of hours and minutes."""
    assert parse_date(raw) == MOMENT.replace(second=0)


def test_midnight_as_twenty_four_hours_is_the_next_day():
    """Some publishers end the day at 24:00."""
    assert parse_date("2026-02-17T24:00:00Z") == datetime(2026, 2, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "yesterday",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "1970-01-01T00:00:00Z",
        "2026-02-30",
        "2026-13-01",
        "2026-02-17T25:00:00Z",
        "17 Foo 2026",
        "02/03/2026",
        "9" * 500,
    ],
)
def test_what_names_no_moment_is_none(raw: str | None):
    """Placeholders, impossible days and ambiguous orders are no dates."""
    assert parse_date(raw) is None


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001 - the zone is added below
def test_iso_and_rfc_spellings_of_a_moment_agree(moment: datetime):
    """Whatever the moment, both ways of writing it are read back."""
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert parse_date(moment.isoformat()) == moment
    assert parse_date(moment.strftime("%a, %d %b %Y %H:%M:%S %z")) == moment


@given(st.text(alphabet="0123456789-/:.,TZ+ aJanFebpm年月日é", max_size=50) | st.text(max_size=90))
def test_any_text_is_read_or_refused_without_raising(raw: str):
    """Never raises; what comes back is aware."""
    read = parse_date(raw)
    assert read is None or read.tzinfo is UTC
