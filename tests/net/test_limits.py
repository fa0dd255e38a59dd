"""Bombs, floods, drips, cuts and silence: each ends, within its limit."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from etl.outcomes import Reason
from etl.records import Answer, Body, Failed
from tests.patience import ends

from .conftest import Ask
from .site import Site, answer, drip, raw, reset

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def failed(got: Answer) -> Failed:
    """Return the failure an answer must be."""
    assert isinstance(got.result, Failed)
    assert got.exchanges[-1].outcome == got.result.reason
    return got.result


def test_a_gzip_bomb_costs_no_more_memory_than_a_body_may_have(site: Site, ask: Ask) -> None:
    """60 MB of 'a' in 60 KB, where 1 MB is allowed."""
    bomb = gzip.compress(b"a" * 60_000_000, 1)
    site.plays["/bomb"] = answer(200, bomb, Content_Encoding="gzip")
    tracemalloc.start()
    result = failed(ask("/bomb", max_body_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (result.reason, result.is_permanent) == (Reason.TOO_LARGE, True)
    assert result.detail == "stopped after 1,000,001 bytes; fetch.max_body_bytes is 1,000,000"
    assert peak < 10_000_000


def test_a_fifty_megabyte_body_is_left_after_what_is_allowed(site: Site, ask: Ask) -> None:
    """The rest is not even received."""
    site.plays["/big"] = answer(200, bytes(50_000_000))
    got = ask("/big", max_body_bytes=1_000_000)
    assert failed(got).reason is Reason.TOO_LARGE
    assert got.exchanges[0].received_bytes < 2_000_000


def test_a_body_of_just_the_size_allowed_is_taken(site: Site, ask: Ask) -> None:
    """The limit is inclusive."""
    site.plays["/fits"] = answer(200, bytes(1000))
    assert isinstance(ask("/fits", max_body_bytes=1000).result, Body)
    assert failed(ask("/fits", max_body_bytes=999)).reason is Reason.TOO_LARGE


def test_a_server_that_falls_silent_is_left(site: Site, ask: Ask) -> None:
    """Silence is measured between bytes."""
    site.plays["/stall"] = drip(HEAD, b"", every_s=5, times=1)
    with ends(within_s=20):
        result = failed(ask("/stall", timeout_s=0.2))
    assert (result.reason, result.is_permanent) == (Reason.TIMEOUT, False)
    assert "0.2 s" in result.detail


def test_a_server_that_drips_is_left(site: Site, ask: Ask) -> None:
    """It is never silent, and never done."""
    site.plays["/drip"] = drip(CHUNKED, b"1\r\nx\r\n", every_s=0.05)
    with ends(within_s=20):
        result = failed(ask("/drip", timeout_s=1.0, total_timeout_s=0.4))
    assert result.reason is Reason.TIMEOUT
    assert "0.4 s" in result.detail


def test_a_body_that_only_trickles_is_left_before_its_total_time_is_up(
    site: Site, ask: Ask
) -> None:
    """Once the time allowed for silence has passed (curl's --speed-limit)."""
    site.plays["/drip"] = drip(CHUNKED, b"1\r\nx\r\n", every_s=0.05)
    with ends(within_s=20):
        result = failed(ask("/drip", timeout_s=0.4, total_timeout_s=600.0))
    assert (result.reason, result.is_permanent) == (Reason.TIMEOUT, False)
    assert "bytes/s" in result.detail


def test_a_slow_body_that_makes_its_way_is_taken(site: Site, ask: Ask) -> None:
    """A kilobyte a second is enough."""
    piece = b"%x\r\n%s\r\n" % (100, bytes(100))
    site.plays["/slow"] = drip(CHUNKED, piece, every_s=0.3, times=8, last=b"0\r\n\r\n")
    got = ask("/slow", timeout_s=1.5).result  # longer than any pause, shorter than all of them
    assert isinstance(got, Body)
    assert len(got.content) == 800


@pytest.mark.parametrize(
    "cut", [HEAD + b"short", CHUNKED + b"5\r\nshort\r\n"], ids=["length", "chunked"]
)
def test_a_cut_off_body_is_a_failure_that_may_pass(site: Site, ask: Ask, cut: bytes) -> None:
    """Both ways of framing a body; it is not asked for again in this run."""
    site.plays["/cut"] = raw(cut)
    got = ask("/cut")
    result = failed(got)
    assert (result.reason, result.is_permanent, result.status) == (Reason.TRUNCATED, False, 200)
    assert len(site.asked) == 1
    assert len(got.exchanges) == 1


def test_a_gzip_body_that_stops_short_is_cut_off_too(site: Site, ask: Ask) -> None:
    """The framing says all is well; the gzip stream knows better."""
    site.plays["/cut"] = answer(200, gzip.compress(bytes(5000))[:-9], Content_Encoding="gzip")
    assert failed(ask("/cut")).reason is Reason.TRUNCATED


def test_a_dropped_connection_is_a_failure_that_may_pass(site: Site, ask: Ask) -> None:
    """A new one that breaks is no chance; it is not asked for again in this run."""
    site.plays["/x"] = reset()
    result = failed(ask("/x"))
    assert (result.reason, result.is_permanent) == (Reason.CONNECTION, False)
    assert len(site.asked) == 1


def test_a_port_where_nobody_listens_is_a_connection_failure(ask: Ask) -> None:
    """It is not tried again."""
    got = ask("http://harbour.test/x", resolve={"harbour.test:80": "127.0.0.1:1"})
    result = failed(got)
    assert (result.reason, result.is_permanent) == (Reason.CONNECTION, False)
    assert got.exchanges[0].status is None


def test_a_plain_server_asked_for_tls_is_a_tls_failure(site: Site, ask: Ask) -> None:
    """HTTPS never falls back."""
    site.greeting = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    where = {"harbour.test:443": f"127.0.0.1:{site.port}"}
    result = failed(ask("https://harbour.test/x", resolve=where))
    assert (result.reason, result.is_permanent) == (Reason.TLS, False)


def test_a_name_that_does_not_exist_is_a_dns_failure(ask: Ask) -> None:
    """A label of over 63 characters never reaches a resolver."""
    result = failed(ask(f"http://{'a' * 70}.test/x"))
    assert (result.reason, result.is_permanent) == (Reason.DNS, False)
