"""TLS is verified, and HTTP/2 spoken where the server does (RFC 9110, 4.3.4; RFC 9113)."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h2.config
import h2.connection
import h2.events
import pytest
import trustme

from etl.net import client
from etl.outcomes import Reason
from etl.records import Body, NotModified, Validators
from tests.patience import ends

from .conftest import Ask, failure
from .site import Site, answer

Headers = list[tuple[bytes, bytes]]
Script = Callable[[dict[bytes, bytes]], tuple[Headers, bytes]]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """Return a certificate authority that this machine trusts for the length of the test."""
    made = trustme.CA()
    roots = tmp_path / "roots.pem"
    made.cert_pem.write_to_path(str(roots))
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    client._tls_context.cache_clear()
    yield made
    client._tls_context.cache_clear()


def server_tls(authority: trustme.CA, *names: str, **named: Any) -> ssl.SSLContext:
    """Return the context of a server that shows a certificate for `names`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **named).configure_cert(context)
    return context


def ask_over_tls(ask: Ask, site: Site, **named: Any) -> Any:
    """Return what came of asking the site over TLS."""
    where = {"harbour.test:443": f"127.0.0.1:{site.port}"}
    return ask("https://harbour.test/a", resolve=where, **named)


def test_a_trusted_certificate_for_the_name_is_taken(ask: Ask, authority: trustme.CA) -> None:
    """The name is the URL's, wherever it was really connected to."""
    with Site(server_tls(authority, "harbour.test")) as site:
        site.plays["/a"] = answer(200, b"x")
        got = ask_over_tls(ask, site)
    assert isinstance(got.result, Body)
    assert got.result.final_url == "https://harbour.test/a"


def test_a_certificate_that_nobody_vouches_for_is_refused(ask: Ask, authority: trustme.CA) -> None:
    """Self-signed: the request is not even sent."""
    with Site(server_tls(trustme.CA(), "harbour.test")) as site:
        failed = failure(ask_over_tls(ask, site))
    assert (failed.reason, failed.is_permanent) == (Reason.TLS, False)
    assert "certificate" in failed.detail
    assert site.asked == []


def test_a_certificate_for_another_name_is_refused(ask: Ask, authority: trustme.CA) -> None:
    """Trusted or not (RFC 9110, 4.3.4)."""
    with Site(server_tls(authority, "hill.test")) as site:
        failed = failure(ask_over_tls(ask, site))
    assert failed.reason is Reason.TLS
    assert "harbour.test" in failed.detail
    assert site.asked == []


def test_a_server_of_a_dropped_version_is_refused(ask: Ask, authority: trustme.CA) -> None:
    """TLS 1.1 is no longer spoken (RFC 8996)."""
    context = server_tls(authority, "harbour.test")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    with Site(context) as site:
        assert failure(ask_over_tls(ask, site)).reason is Reason.TLS


def test_a_handshake_that_stands_still_is_given_up(site: Site, ask: Ask) -> None:
    """A port that takes the connection and says nothing."""
    with ends(within_s=20):
        failed = failure(ask_over_tls(ask, site, timeout_s=0.3))
    assert failed.reason is Reason.TIMEOUT


class H2Site:
    """An HTTP/2 site over TLS whose every answer comes from `script`."""

    def __init__(self, tls: ssl.SSLContext, script: Script) -> None:
        tls.set_alpn_protocols(["h2"])
        self.site = Site(tls)
        self.site._talk = self._talk  # type: ignore[method-assign]
        self.script = script
        self.connections = 0

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        state.initiate_connection()
        writer.write(state.data_to_send())
        try:
            while data := await reader.read(65536):
                for event in state.receive_data(data):
                    self._answer(state, event)
                writer.write(state.data_to_send())
        except ConnectionError:
            pass
        finally:
            writer.close()

    def _answer(self, state: h2.connection.H2Connection, event: h2.events.Event) -> None:
        if isinstance(event, h2.events.RequestReceived):
            headers, body = self.script(dict(event.headers))
            state.send_headers(event.stream_id, headers)
            state.send_data(event.stream_id, body, end_stream=True)


def ask_over_h2(ask: Ask, authority: trustme.CA, script: Script, **named: Any) -> Any:
    """Return what came of asking an HTTP/2 site."""
    made = H2Site(server_tls(authority, "harbour.test"), script)
    with made.site as site:
        return ask_over_tls(ask, site, **named)


def test_http2_is_spoken_where_the_server_does(ask: Ask, authority: trustme.CA) -> None:
    """The handshake settles it (RFC 7301)."""
    seen: list[dict[bytes, bytes]] = []

    def script(headers: dict[bytes, bytes]) -> tuple[Headers, bytes]:
        seen.append(headers)
        return [(b":status", b"200"), (b"etag", b'W/"caf\xe9"')], b"<rss/>"

    got = ask_over_h2(ask, authority, script)
    assert isinstance(got.result, Body)
    assert (got.result.content, got.result.header("etag")) == (b"<rss/>", 'W/"caf\xe9"')
    assert seen[0][b":authority"] == b"harbour.test"
    assert seen[0][b":path"] == b"/a"


def test_validators_go_out_over_http2_as_over_1(ask: Ask, authority: trustme.CA) -> None:
    """Byte for byte."""
    seen: list[dict[bytes, bytes]] = []

    def script(headers: dict[bytes, bytes]) -> tuple[Headers, bytes]:
        seen.append(headers)
        return [(b":status", b"304")], b""

    given = Validators(etag='W/"caf\xe9 "')
    got = ask_over_h2(ask, authority, script, validators=given)
    assert isinstance(got.result, NotModified)
    assert seen[0][b"if-none-match"] == b'W/"caf\xe9 "'


@pytest.mark.parametrize("count", [12, 3000], ids=["few_long", "many_short"])
def test_a_flood_of_http2_headers_ends_with_a_reason(
    ask: Ask, authority: trustme.CA, count: int
) -> None:
    """64 KB of them is the limit we announce (RFC 9113, 10.5.1)."""
    flood = [(b"x-%d" % n, b"a" * (90_000 // count)) for n in range(count)]

    def script(_headers: dict[bytes, bytes]) -> tuple[Headers, bytes]:
        return [(b":status", b"200"), *flood], b"x"

    with ends():
        failed = failure(ask_over_h2(ask, authority, script))
    assert (failed.reason, failed.is_permanent) == (Reason.TOO_LARGE, True)
    assert "65536" in failed.detail


def test_an_http2_body_is_limited_too(ask: Ask, authority: trustme.CA) -> None:
    """Whatever carries it."""

    def script(_headers: dict[bytes, bytes]) -> tuple[Headers, bytes]:
        return [(b":status", b"200")], b"x" * 16_000

    assert failure(ask_over_h2(ask, authority, script, max_body_bytes=15_999)).reason is (
        Reason.TOO_LARGE
    )
    assert isinstance(ask_over_h2(ask, authority, script, max_body_bytes=16_000).result, Body)
