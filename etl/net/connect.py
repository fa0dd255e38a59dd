"""The SSRF guard, edge: looks a name up once and connects to the address it has checked.

Checking the name and then connecting by name would look it up twice, and the second answer may
differ from the first (DNS rebinding). Here the literal address that was checked is the one
connected to, for every hop, so nothing refused is ever connected to.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

import httpcore

from etl.errors import UnsafeTargetError
from etl.net.guard import Network, refuse
from etl.net.streams import SocketStream, open_stream
from etl.outcomes import Reason

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
OpenStream = Callable[[str, int, ssl.SSLContext | None, str], Awaitable[SocketStream]]
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


class GuardedDialler:
    """Opens connections, to checked addresses only.

    Args:
        look_up: name and port to addresses.
        allow: networks exempt from the guard.
        resolve: "host:port" to the "host:port" to use instead.
        open_stream: what really connects; it is only ever given literal addresses.
    """

    def __init__(
        self,
        *,
        look_up: LookUp,
        allow: Sequence[Network] = (),
        resolve: Mapping[str, str] | None = None,
        open_stream: OpenStream = open_stream,
    ) -> None:
        self._look_up = look_up
        self._allow = allow
        self._resolve = dict(resolve or {})
        self._open = open_stream

    async def dial(
        self, host: str, port: int, *, tls: ssl.SSLContext | None, limit_s: float
    ) -> SocketStream:
        """Return a connection to the first allowed address of `host` that answers.

        Args:
            host: a name, or a literal address.
            port: the TCP port.
            tls: verifies that the peer is `host`; None for no TLS.
            limit_s: longest that looking up, connecting and the TLS handshake may take.

        Raises:
            UnsafeTargetError: every address of `host` is refused; nothing was connected to.
            NameNotFoundError: `host` has no address.
            httpcore.ConnectError: none of the addresses takes the connection, or TLS fails.
            httpcore.ConnectTimeout: it took longer than `limit_s`.
        """
        place, port = self._place(host, port)
        try:
            async with asyncio.timeout(limit_s):
                allowed = (await self._allowed_addresses(place, port))[:_MOST_ADDRESSES_TRIED]
                # A share each: an address that swallows packets (often IPv6) leaves time for
                # the next.
                for address in allowed[:-1]:
                    try:
                        async with asyncio.timeout(limit_s / len(allowed)):
                            return await self._open(address, port, tls, host)
                    except ssl.SSLError:
                        raise
                    except OSError:
                        continue
                return await self._open(allowed[-1], port, tls, host)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection to {place}:{port}") from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

    def _place(self, host: str, port: int) -> tuple[str, int]:
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
        except TimeoutError:
            raise
        except (OSError, UnicodeError) as error:
            raise NameNotFoundError(f"{host}: {error}") from error
        if not addresses:
            raise NameNotFoundError(f"{host} has no address")
        return addresses


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _getaddrinfo(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]
