"""httpx asks through our transport, and does nothing of its own beside."""

from __future__ import annotations

import asyncio
import ssl

import httpcore
import httpx
import pytest

from etl.net.transport import HostTransport
from etl.outcomes import Reason
from etl.records import Body, Failed

from .conftest import Ask
from .site import Site, answer


def transport(backend: httpcore.AsyncNetworkBackend) -> HostTransport:
    """Return a transport over a backend of the test's."""
    return HostTransport(backend, tls=ssl.create_default_context(), idle_per_host=2)


class Breaking(httpcore.AsyncNetworkBackend):
    """A backend that lets nobody through."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def connect_tcp(self, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        """Raise."""
        raise self.error


@pytest.mark.parametrize(
    ("raised", "seen"),
    [
        (httpcore.ConnectTimeout("slow"), httpx.ConnectTimeout),
        (type("Odd", (httpcore.ConnectError,), {})("odd"), httpx.ConnectError),
        (ZeroDivisionError("ours"), ZeroDivisionError),
    ],
)
def test_httpcores_errors_come_as_httpxs(raised: Exception, seen: type[Exception]) -> None:
    """Its subclasses too, and nothing else; the text and the cause stay."""

    async def ask() -> None:
        async with httpx.AsyncClient(transport=transport(Breaking(raised))) as client:
            await client.get("http://harbour.test/")

    with pytest.raises(seen, match=str(raised)) as caught:
        asyncio.run(ask())
    assert raised in (caught.value, caught.value.__cause__)


def test_a_connection_is_used_again_and_its_pool_given_back() -> None:
    """One connection for answers one after the other; two while two are on the wire."""
    made: list[str] = []

    class Counting(httpcore.AsyncMockBackend):
        async def connect_tcp(
            self, host: str, *_: object, **__: object
        ) -> httpcore.AsyncNetworkStream:
            made.append(host)
            return await super().connect_tcp(host, 80)

    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"

    async def ask() -> tuple[int, int]:
        carrier = transport(Counting([ok] * 4))
        async with httpx.AsyncClient(transport=carrier) as client:
            for _ in range(2):
                await client.get("http://harbour.test/")
            one_by_one = len(made)
            async with client.stream("GET", "http://harbour.test/"):
                await client.get("http://harbour.test/")
                assert list(carrier._busy) == [b"harbour.test"]
            assert (list(carrier._busy), list(carrier._idle)) == ([], [b"harbour.test"])
            return one_by_one, len(made)

    assert asyncio.run(ask()) == (1, 2)


def test_a_path_is_asked_for_as_it_is_written(site: Site, ask: Ask) -> None:
    """Without tidying; the publisher's server knows what it means."""
    path = "/a/../b//c/./%7Ed?x=[1]&y='2'"
    site.plays["/a/../b//c/./%7Ed?x=%5B1%5D&y='2'"] = answer(200, b"x")
    assert isinstance(ask(path).result, Body)


def test_cookies_are_neither_kept_nor_sent(site: Site, ask: Ask) -> None:
    """Not even along a redirect."""
    site.plays["/a"] = answer(302, Location="/b", Set_Cookie="id=1; Path=/")
    site.plays["/b"] = answer(200, b"x")
    assert isinstance(ask("/a").result, Body)
    assert "cookie" not in site.asked[-1].headers


def test_a_host_that_httpx_cannot_read_is_a_bad_url(ask: Ask) -> None:
    """It is the URL's fault, for good, and no bug of ours."""
    result = ask("http://1.2.3.999/").result
    assert isinstance(result, Failed)
    assert (result.reason, result.is_permanent) == (Reason.BAD_URL, True)
