"""One HTTP exchange with one host: no redirects, no retries, no manners; limits on everything.

httpx asks; what it would do beyond that is switched off or read around: cookies, proxies and
passwords of the environment, redirects, and its decoders, which cannot be told where to stop.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

import certifi
import httpx

from etl.errors import FetchError, TransientFetchError
from etl.net.codings import CodingError, decode_body
from etl.net.connect import GuardedDialler, SystemLookUp
from etl.net.connections import Connections
from etl.net.guard import read_networks
from etl.net.policy import FetchPolicy
from etl.net.target import Target
from etl.net.transport import HostTransport, NoCookies
from etl.net.trouble import explain_trouble
from etl.outcomes import Reason

# An error page is read only to keep its connection, and not at any price.
_ERROR_BYTES = 65_536
_OK = range(200, 300)
# What curl calls --speed-limit. The slowest modem line carried twenty times as much.
_LEAST_BYTES_PER_S = 100

HeaderList = list[tuple[bytes, bytes]]


HeaderPairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one host said: lower-case header names, body decoded; an error's body is dropped."""

    status: int
    headers: HeaderPairs
    content: bytes

    def header(self, name: str) -> str | None:
        """Return the first value of the header `name` (lower case), or None."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(slots=True)
class Meter:
    """What an exchange has come to so far; it still tells when the exchange breaks.

    `status` is of the latest hop; `received_bytes` counts bodies as they came over the wire.
    """

    status: int | None = None
    received_bytes: int = 0


class WebClient:
    """Asks hosts, each over connections of its own. Lives in one event loop."""

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._look_up = SystemLookUp()
        dialler = GuardedDialler(
            look_up=self._look_up,
            allow=read_networks(policy.allow_private),
            resolve=policy.resolve,
        )
        connections = Connections(dialler, tls=_tls_context(), timeout_s=policy.timeout_s)
        self._http = httpx.AsyncClient(
            transport=HostTransport(connections, timeout_s=policy.timeout_s),
            follow_redirects=False,
            trust_env=False,
            cookies=NoCookies(),
        )

    async def ask(
        self,
        target: Target,
        headers: HeaderList,
        meter: Meter,
        *,
        limit_s: float,
        on_send: Callable[[], None] = lambda: None,
        enough_bytes: int | None = None,
    ) -> Reply:
        """Return the answer of `target` to a GET, or raise why there is none.

        Args:
            target: where to ask.
            headers: sent as they are, beside Host.
            meter: told the status and the bytes received as they come.
            limit_s: longest the whole exchange may take.
            on_send: called when there is a connection and the question goes out.
            enough_bytes: what is read of the body, the rest of it being no error but left; None:
                all of it, and more than the policy allows is an error.

        Raises:
            StaleError: the connection was a kept one and broke before anything was answered.
            BrokenError: the connection broke, or the body was cut off.
            UnsafeTargetError: the address is refused; nothing was connected to.
            FetchError: any other trouble of the network, the server or its body.
        """
        meter.status = None
        try:
            async with asyncio.timeout(limit_s):
                return await self._exchange(target, headers, meter, on_send, enough_bytes)
        except TimeoutError as error:
            detail = f"no whole answer within {self._policy.total_timeout_s:g} s"
            detail += f" (fetch.total_timeout_s), {meter.received_bytes:,} bytes by then"
            raise TransientFetchError(
                target.url, Reason.TIMEOUT, detail, status=meter.status
            ) from error
        except FetchError:
            raise
        except Exception as error:
            known = explain_trouble(
                error, target.url, status=meter.status, timeout_s=self._policy.timeout_s
            )
            if known is None:
                raise
            raise known from error

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()
        self._look_up.close()

    async def _exchange(
        self,
        target: Target,
        headers: HeaderList,
        meter: Meter,
        on_send: Callable[[], None],
        enough_bytes: int | None,
    ) -> Reply:
        request = httpx.Request(
            "GET",
            target.origin,
            headers=[(b"Host", target.authority.encode()), *headers],
            extensions={"target": target, "on_send": on_send},
        )
        response = await self._http.send(request, stream=True)
        try:
            meter.status = response.status_code
            received = await self._read(target, response, meter, enough_bytes)
        finally:
            await response.aclose()
        reply = Reply(
            status=response.status_code,
            headers=_text_headers(response.headers.raw),
            content=received,
        )
        return self._decoded(reply, enough_bytes) if reply.status in _OK else reply

    async def _read(
        self, target: Target, response: httpx.Response, meter: Meter, enough_bytes: int | None
    ) -> bytes:
        """Return the body as sent; of an error, nothing."""
        is_ok = response.status_code in _OK
        limit = (enough_bytes or self._policy.max_body_bytes) if is_ok else _ERROR_BYTES
        received = bytearray()
        now = asyncio.get_running_loop().time
        began = now()
        async for chunk in response.aiter_raw():
            meter.received_bytes += len(chunk)
            received += chunk
            self._check_pace(target, len(received), now() - began)
            if len(received) > limit:
                if is_ok and enough_bytes is None:
                    detail = f"stopped after {len(received):,} bytes; fetch.max_body_bytes is"
                    raise CodingError(Reason.TOO_LARGE, f"{detail} {limit:,}")
                break
        return bytes(received[:limit]) if is_ok else b""

    def _check_pace(self, target: Target, received_bytes: int, spent_s: float) -> None:
        # A byte now and then is no silence, and would hold its place until the total time is up.
        if spent_s > self._policy.timeout_s and received_bytes < spent_s * _LEAST_BYTES_PER_S:
            detail = f"{received_bytes:,} bytes of body in {spent_s:.0f} s, under"
            detail += f" {_LEAST_BYTES_PER_S} bytes/s"
            raise TransientFetchError(target.url, Reason.TIMEOUT, detail, status=HTTPStatus.OK)

    def _decoded(self, reply: Reply, enough_bytes: int | None) -> Reply:
        codings = reply.header("content-encoding")
        if not codings or not reply.content:
            return reply
        content = decode_body(
            reply.content,
            codings,
            max_bytes=enough_bytes or self._policy.max_body_bytes,
            is_start_enough=enough_bytes is not None,
        )
        return Reply(status=reply.status, headers=reply.headers, content=content)


@cache
def _tls_context() -> ssl.SSLContext:
    """Return a verifying context that trusts the system's roots and Mozilla's.

    The system's know a company's own root; Mozilla's are there where a container has none.
    Reading them takes 0.1 s, so it is done once a process.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


def _text_headers(headers: Sequence[tuple[bytes, bytes]]) -> HeaderPairs:
    # Latin-1 keeps every byte, so that an ETag can be sent back verbatim.
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers
    )
