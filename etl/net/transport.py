"""What carries httpx's requests: over connections of our own, opened only to addresses checked.

httpx's own transport keeps one pool for all hosts and takes no network backend.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from http.cookiejar import CookieJar
from typing import Any

import httpcore
import httpx

from etl.net.connections import Connections
from etl.net.target import Target


class HostTransport(httpx.AsyncBaseTransport):
    """An httpx transport over `Connections`; one exchange, nothing followed or repeated.

    A request's "target" extension says where it goes, and "on_send" is called when there is a
    connection and the question goes out. Errors are httpcore's, whose names httpx borrows.
    """

    def __init__(self, connections: Connections, *, timeout_s: float) -> None:
        self._connections = connections
        # httpcore calls "read" and "write" what we call silence; connecting is the dialler's.
        self._silence = {"read": timeout_s, "write": timeout_s}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response to `request`, its body still to be read; it must be closed.

        Raises:
            UnsafeTargetError: the address is refused; nothing was connected to.
            httpcore.NetworkError, TimeoutException, ProtocolError: the exchange broke.
        """
        target: Target = request.extensions["target"]
        ask = httpcore.Request(
            request.method,
            # What a publisher links to is asked for as it is; httpx would tidy the path.
            httpcore.URL(
                scheme=target.scheme, host=target.host, port=target.port, target=target.path
            ),
            headers=request.headers.raw,
            extensions={"timeout": self._silence},
        )
        async with AsyncExitStack() as borrowed:
            connection = await borrowed.enter_async_context(self._connections.lend(target))
            request.extensions["on_send"]()
            got = await connection.handle_async_request(ask)
            borrowed.push_async_callback(got.aclose)
            return _OneHop(
                status_code=got.status,
                headers=got.headers,
                stream=_Body(got, borrowed.pop_all()),
                extensions=got.extensions,
            )

    async def aclose(self) -> None:
        """Close every idle connection."""
        await self._connections.close()


class NoCookies(CookieJar):
    """Takes no cookie: every exchange is asked as by a stranger."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Leave them."""


class _OneHop(httpx.Response):
    """A response whose Location is not httpx's business.

    Even when told not to follow, httpx reads it, and raises for one that it cannot read.
    """

    @property
    def has_redirect_location(self) -> bool:
        return False


class _Body(httpx.AsyncByteStream):
    """A body as it comes over the wire; closing it gives its connection back."""

    def __init__(self, got: httpcore.Response, borrowed: AsyncExitStack) -> None:
        self._got = got
        self._borrowed = borrowed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._got.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._borrowed.aclose()
