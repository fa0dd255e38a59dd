"""The SSRF guard, edge: looks a name up once and connects to the address it has checked.

Checking the name and then connecting by name would look it up twice, and the second answer may
differ from the first (DNS rebinding). Here the literal address that was checked is the one
connected to, for every hop, so nothing refused is ever connected to.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

import httpcore

from etl.errors import UnsafeTargetError
from etl.net.guard import Network, refuse
from etl.outcomes import Reason

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
_LOOK_UP_THREADS = 32
_MOST_ADDRESSES_TRIED = 4


class NameNotFoundError(httpcore.ConnectError):
    """No address is known for a host name."""


class SystemLookUp:
    """Asks the system's resolver, in threads of its own: a slow name must not hold the rest."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_LOOK_UP_THREADS, thread_name_prefix="newshouse-dns")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of `host`, best first.

        Raises:
            OSError: the name is not known, or no resolver answers.
            UnicodeError: it cannot be a name (a label over 63 characters).
        """
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _getaddrinfo, host, port)
        return tuple(dict.fromkeys(found))

    def close(self) -> None:
        """Let the threads end without waiting for a resolver that does not answer."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections for httpcore, to checked addresses only.

    Args:
        look_up: name and port to addresses.
        allow: networks exempt from the guard.
        resolve: "host:port" to the "host:port" to use instead.
        inner: what really connects; it is only ever given literal addresses.
    """

    def __init__(
        self,
        *,
        look_up: LookUp,
        allow: Sequence[Network] = (),
        resolve: Mapping[str, str] | None = None,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._look_up = look_up
        self._allow = allow
        self._resolve = dict(resolve or {})
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return a stream to the first allowed address of `host` that answers.

        Raises:
            UnsafeTargetError: every address of `host` is refused; nothing was connected to.
            NameNotFoundError: `host` has no address.
            httpcore.ConnectError: none of the addresses takes the connection.
            httpcore.ConnectTimeout: looking up or connecting took longer than `timeout`.
        """
        host, port = self._spot(host, port)
        try:
            async with asyncio.timeout(timeout):
                allowed = await self._allowed_addresses(host, port)
                return await self._connect_first(
                    allowed[:_MOST_ADDRESSES_TRIED], port, timeout, local_address, socket_options
                )
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection to {host}:{port}") from error

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks for between its own tries (it is told to make none)."""
        await asyncio.sleep(seconds)

    def _spot(self, host: str, port: int) -> tuple[str, int]:
        instead = self._resolve.get(f"{host}:{port}")
        if instead is None:
            return host, port
        name, _, number = instead.rpartition(":")
        return name.strip("[]"), int(number)

    async def _allowed_addresses(self, host: str, port: int) -> list[str]:
        addresses = await self._addresses(host, port)
        refusals = {address: refuse(address, self._allow) for address in addresses}
        allowed = [address for address, refusal in refusals.items() if refusal is None]
        if not allowed:
            detail = f"{host}: " + "; ".join(why for why in refusals.values() if why)
            raise UnsafeTargetError(f"{host}:{port}", Reason.UNSAFE_TARGET, detail)
        return allowed

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        if _is_literal(host):
            return (host,)
        try:
            addresses = await self._look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise NameNotFoundError(f"{host}: {error}") from error
        if not addresses:
            raise NameNotFoundError(f"{host} has no address")
        return addresses

    async def _connect_first(
        self,
        addresses: Sequence[str],
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - handed on to httpcore
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        # A share each: an address that swallows packets (often IPv6) leaves time for the next.
        share = None if timeout is None else timeout / len(addresses)
        options = None if socket_options is None else tuple(socket_options)
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, share, local_address, options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(addresses[-1], port, share, local_address, options)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _getaddrinfo(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
