"""Connections kept for the next question to the same place, and let go soon.

httpcore's pool walks all its connections, with a system call for each idle one, at every request
and again at its end. Turns are taken before a connection is (`politeness`), so all that is needed
here is a shelf of idle ones.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpcore

from etl.net.connect import GuardedDialler
from etl.net.streams import SocketStream
from etl.net.target import Target

_Connection = httpcore.AsyncHTTP11Connection | httpcore.AsyncHTTP2Connection

_BROKEN = (
    httpcore.NetworkError,
    httpcore.RemoteProtocolError,
    httpcore.ConnectionNotAvailable,  # HTTP/2: the peer said goodbye meanwhile
)

# Well under the usual 1,024 open files; what is asked of a host is asked in one stretch.
_MOST_IDLE = 256
_IDLE_S = 30.0


class StaleConnectionError(httpcore.NetworkError):
    """A kept connection broke before a word was answered: the peer had just let go of it."""


@dataclass(frozen=True, slots=True)
class _Line:
    origin: str
    connection: _Connection
    stream: SocketStream

    def is_usable(self) -> bool:
        # httpcore does not notice that the peer of an idle HTTP/2 connection has hung up.
        is_standing = self.connection.is_available() and not self.stream.is_over
        return is_standing and not self.connection.has_expired()

    def is_spent(self) -> bool:
        """Say if the peer sent no more than was asked for: the rest would pass for the next answer.

        What comes later, while nothing is asked, `has_expired` sees on the stream.
        """
        parser = getattr(self.connection, "_h11_state", None)  # httpcore has no other way to tell
        return parser is None or not parser.trailing_data[0]


class Connections:
    """HTTP/1.1 and HTTP/2 connections by origin. Lives in one event loop.

    Args:
        dialler: opens them.
        tls: the context of every TLS connection; it settles on a protocol (ALPN).
        timeout_s: longest that opening one may take.
    """

    def __init__(self, dialler: GuardedDialler, *, tls: ssl.SSLContext, timeout_s: float) -> None:
        self._dialler = dialler
        self._tls = tls
        self._timeout_s = timeout_s
        # In the order they fell idle: a dictionary keeps it, and gives up any one at once.
        self._idle: dict[int, _Line] = {}
        self._by_origin: dict[str, list[int]] = {}
        self._count = 0

    @asynccontextmanager
    async def lend(self, target: Target) -> AsyncIterator[_Connection]:
        """Lend a connection to `target` for one exchange.

        It is kept for another if it comes back idle, which a body not read to its end prevents.

        Raises:
            UnsafeTargetError: the address is refused; nothing was connected to.
            httpcore.ConnectError: there is no connection to be had.
            httpcore.ConnectTimeout: not in time.
            StaleConnectionError: it was a kept one, and broke.
        """
        kept = await self._take(target.origin)
        line = kept or await self._open(target)
        is_good = False
        try:
            yield line.connection
            is_good = line.connection.is_idle() and line.is_spent()
        except _BROKEN as error:
            if kept is None:
                raise
            raise StaleConnectionError(str(error)) from error
        finally:
            if is_good:
                await self._keep(line)
            else:
                await line.connection.aclose()

    async def close(self) -> None:
        """Close those that are idle."""
        for line in self._idle.values():
            await line.connection.aclose()
        self._idle.clear()
        self._by_origin.clear()

    async def _take(self, origin: str) -> _Line | None:
        while numbers := self._by_origin.get(origin):
            line = self._forget(numbers[-1])
            if line.is_usable():
                return line
            await line.connection.aclose()
        return None

    async def _keep(self, line: _Line) -> None:
        self._count += 1
        self._idle[self._count] = line
        self._by_origin.setdefault(line.origin, []).append(self._count)
        if len(self._idle) > _MOST_IDLE:
            await self._forget(next(iter(self._idle))).connection.aclose()

    def _forget(self, number: int) -> _Line:
        line = self._idle.pop(number)
        numbers = self._by_origin[line.origin]
        numbers.remove(number)
        if not numbers:
            del self._by_origin[line.origin]
        return line

    async def _open(self, target: Target) -> _Line:
        tls = self._tls if target.scheme == "https" else None
        stream = await self._dialler.dial(
            target.host, target.port, tls=tls, limit_s=self._timeout_s
        )
        kind = httpcore.AsyncHTTP2Connection if stream.is_http2 else httpcore.AsyncHTTP11Connection
        connection = kind(origin=origin_of(target), stream=stream, keepalive_expiry=_IDLE_S)
        return _Line(target.origin, connection, stream)


def origin_of(target: Target) -> httpcore.Origin:
    """Return the origin of `target` as httpcore knows it."""
    return httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
