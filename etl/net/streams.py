"""TCP and TLS connections, as httpcore reads and writes them, straight on asyncio.

httpcore's own backend goes through anyio: its cancel scopes and checkpoints cost more CPU than
the rest of a small exchange together.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, cast

import httpcore

# What is read ahead of the reader before the peer is made to wait.
_READ_AHEAD_BYTES = 256 * 1024


class SocketStream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection, at both its ends: asyncio calls the protocol, httpcore the stream."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._received = bytearray()
        self._is_paused = False
        self._error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._is_clogged = False
        self.is_over = False
        """Whether the peer has hung up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport; called by asyncio."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came; called by asyncio."""
        self._received += data
        if len(self._received) > _READ_AHEAD_BYTES and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        """Note that nothing more comes; called by asyncio."""
        self.is_over = True
        _wake(self._reader)

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is gone; called by asyncio."""
        self.is_over = True
        self._error = exc
        self._is_clogged = False
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        """Note that the peer does not take what we send; called by asyncio."""
        self._is_clogged = True

    def resume_writing(self) -> None:
        """Note that it does again; called by asyncio."""
        self._is_clogged = False
        _wake(self._writer)

    async def read(
        self,
        max_bytes: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
    ) -> bytes:
        """Return what has come, at most `max_bytes`; nothing when the peer has hung up.

        Raises:
            httpcore.ReadTimeout: nothing came for `timeout` seconds.
            httpcore.ReadError: the connection broke.
        """
        if not self._received and not self.is_over:
            self._reader = self._loop.create_future()
            try:
                await self._within(self._reader, timeout, httpcore.ReadTimeout)
            finally:
                self._reader = None
        if not self._received and self._error is not None:
            raise httpcore.ReadError(str(self._error)) from self._error
        chunk = bytes(self._received[:max_bytes])
        del self._received[:max_bytes]
        if self._is_paused and not self.is_over:
            self._is_paused = False
            self._transport.resume_reading()
        return chunk

    async def write(
        self,
        buffer: bytes,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
    ) -> None:
        """Send `buffer`, waiting while the peer takes nothing.

        Raises:
            httpcore.WriteTimeout: it took nothing for `timeout` seconds.
            httpcore.WriteError: the connection is gone.
        """
        if self.is_over or self._transport.is_closing():
            raise httpcore.WriteError("the connection is closed")
        self._transport.write(buffer)
        if self._is_clogged:
            self._writer = self._loop.create_future()
            try:
                await self._within(self._writer, timeout, httpcore.WriteTimeout)
            finally:
                self._writer = None

    async def aclose(self) -> None:
        """Close at once."""
        self._transport.abort()

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of the socket beneath: here, whether it is readable."""
        if info == "is_readable":
            return self.is_over or bool(self._received)
        return self._transport.get_extra_info(info)

    @property
    def is_http2(self) -> bool:
        """Whether the TLS handshake settled on HTTP/2."""
        tls = self._transport.get_extra_info("ssl_object")
        return tls is not None and tls.selected_alpn_protocol() == "h2"

    async def _within(
        self, awaited: asyncio.Future[None], limit_s: float | None, error: type[Exception]
    ) -> None:
        if limit_s is None:
            await awaited
            return
        # A timer costs a third of what asyncio.timeout does, and this is done per packet.
        timer = self._loop.call_later(limit_s, _fail, awaited, error)
        try:
            await awaited
        finally:
            timer.cancel()


async def open_stream(
    address: str, port: int, tls: ssl.SSLContext | None, name: str
) -> SocketStream:
    """Return a connection to a literal address.

    Args:
        address: the IP address; it is not looked up.
        port: the TCP port.
        tls: verifies the peer; None for no TLS.
        name: the host name that the peer's certificate must be for.

    Raises:
        OSError: nobody takes the connection, or TLS fails (`ssl.SSLError`).
    """
    loop = asyncio.get_running_loop()
    try:
        _, stream = await loop.create_connection(
            SocketStream, address, port, ssl=tls, server_hostname=name if tls else None
        )
    except ConnectionResetError:
        if tls is None:
            raise
        # A server that knows no common version or cipher often just hangs up.
        raise ssl.SSLError("the server hung up during the TLS handshake") from None
    return stream


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)


def _fail(waiter: asyncio.Future[None], error: type[Exception]) -> None:
    if not waiter.done():
        waiter.set_exception(error())
