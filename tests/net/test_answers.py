"""What the site says, and what becomes of it."""

from __future__ import annotations

import gzip

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
import zstandard

from etl.outcomes import Reason
from etl.records import Body, Failed, NotModified, Validators

from .conftest import Ask
from .site import Site, answer, raw


def test_a_body_comes_with_its_headers_and_the_bytes_it_took(site: Site, ask: Ask) -> None:
    """A plain 200."""
    site.plays["/feed"] = answer(200, b"<rss/>", content_type="text/xml", ETag='"a"')
    got = ask("/feed")
    assert isinstance(got.result, Body)
    assert got.result.content == b"<rss/>"
    assert got.result.header("etag") == '"a"'
    (exchange,) = got.exchanges
    assert (exchange.status, exchange.outcome, exchange.received_bytes) == (200, "ok", 6)
    assert exchange.final_url == "http://harbour.test/feed"


def test_we_say_who_we_are_and_what_we_take(site: Site, ask: Ask) -> None:
    """Publishers must be able to see and reach us."""
    site.plays["/feed"] = answer(200, b"x")
    ask("/feed", contact_url="https://example.org/bot")
    headers = site.asked[0].headers
    assert headers["user-agent"].startswith("newshouse/")
    assert headers["user-agent"].endswith("(+https://example.org/bot)")
    assert headers["accept-encoding"] == "gzip, br, zstd"
    assert headers["host"] == "harbour.test"


def test_validators_go_out_verbatim_and_a_304_comes_back(site: Site, ask: Ask) -> None:
    """Weak, odd and Latin-1 validators are the server's own business."""
    site.plays["/feed"] = answer(304)
    given = Validators(etag='W/"caf\xe9 "', last_modified="Sun, 22 Nov 2026 10:00:00 +0100")
    got = ask("/feed", validators=given)
    assert isinstance(got.result, NotModified)
    assert got.exchanges[0].outcome == "not_modified"
    assert site.asked[0].headers["if-none-match"] == given.etag
    assert site.asked[0].headers["if-modified-since"] == given.last_modified


def test_a_validator_that_would_start_a_header_line_is_not_sent(site: Site, ask: Ask) -> None:
    """A stored validator is a stranger's text."""
    site.plays["/feed"] = answer(200, b"x")
    assert isinstance(ask("/feed", validators=Validators(etag="a\r\nX-Evil: 1")).result, Body)
    assert "if-none-match" not in site.asked[0].headers


def test_a_304_nobody_asked_for_is_a_protocol_error(site: Site, ask: Ask) -> None:
    """Without validators there is nothing it could mean."""
    site.plays["/feed"] = answer(304)
    result = ask("/feed").result
    assert isinstance(result, Failed)
    assert (result.reason, result.is_permanent) == (Reason.PROTOCOL, False)


@pytest.mark.parametrize(
    ("status", "reason", "is_permanent"),
    [
        (401, Reason.HTTP_STATUS, True),
        (403, Reason.HTTP_STATUS, True),
        (404, Reason.HTTP_STATUS, True),
        (410, Reason.GONE, True),
        (451, Reason.HTTP_STATUS, True),
        (408, Reason.HTTP_STATUS, False),
        (429, Reason.RATE_LIMITED, False),
        (500, Reason.HTTP_STATUS, False),
        (503, Reason.HTTP_STATUS, False),
        (202, Reason.HTTP_STATUS, False),
        (304 - 4, Reason.HTTP_STATUS, True),
    ],
)
def test_a_status_says_whether_to_ask_again(
    site: Site, ask: Ask, status: int, reason: Reason, *, is_permanent: bool
) -> None:
    """Empty answers other than 200 are failures."""
    site.plays["/x"] = answer(status)
    got = ask("/x")
    assert isinstance(got.result, Failed)
    assert (got.result.reason, got.result.is_permanent) == (reason, is_permanent)
    assert got.result.status == got.exchanges[0].status == status
    assert str(status) in got.result.detail


@pytest.mark.parametrize(("value", "waits_s"), [("7", 7.0), ("soon", None)])
def test_retry_after_is_read_in_seconds(
    site: Site, ask: Ask, value: str, waits_s: float | None
) -> None:
    """What it does not say is None."""
    site.plays["/x"] = answer(429, Retry_After=value)
    result = ask("/x").result
    assert isinstance(result, Failed)
    assert result.retry_after_s == waits_s


def test_retry_after_is_read_as_a_date_against_the_clock(site: Site, ask: Ask) -> None:
    """The fetcher's clock stands at noon."""
    site.plays["/x"] = answer(503, Retry_After="Sun, 22 Nov 2026 12:01:30 GMT")
    result = ask("/x").result
    assert isinstance(result, Failed)
    assert result.retry_after_s == 90.0


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"news" * 99, mtime=0)),
        ("br", brotli.compress(b"news" * 99)),
        ("zstd", zstandard.compress(b"news" * 99)),
    ],
)
def test_a_packed_body_is_unpacked_and_counted_as_packed(
    site: Site, ask: Ask, coding: str, packed: bytes
) -> None:
    """`received_bytes` is of the wire."""
    site.plays["/x"] = answer(200, packed, Content_Encoding=coding)
    got = ask("/x")
    assert isinstance(got.result, Body)
    assert got.result.content == b"news" * 99
    assert got.exchanges[0].received_bytes == len(packed)


def test_something_that_is_not_http_is_a_protocol_error(site: Site, ask: Ask) -> None:
    """And is not asked twice."""
    site.plays["/x"] = raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    result = ask("/x").result
    assert isinstance(result, Failed)
    assert result.reason is Reason.PROTOCOL
    assert len(site.asked) == 1
