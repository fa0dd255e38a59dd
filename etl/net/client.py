"""One HTTP exchange with one host: no redirects, no retries, no manners; limits on everything.

httpx asks; what it would do beyond that is switched off or read around: cookies, proxies and
passwords of the environment, redirects, and its decoders, which cannot be told where to stop.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar
from typing import Any

import certifi
import httpx

from etl.errors import FetchError, TransientFetchError
from etl.net.codings import CodingError, decode_body
from etl.net.connect import GuardedBackend, SystemLookUp
from etl.net.guard import read_networks
from etl.net.policy import FetchPolicy
from etl.net.target import Target
from etl.net.transport import HostTransport
from etl.net.trouble import explain_trouble
from etl.outcomes import Reason

# An error page is read only to keep its connection, and not at any price.
_ERROR_BYTES = 65_536
_OK = range(200, 300)

HeaderList = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one host said: lower-case header names, body decoded; an error's body is dropped."""

    status: int
    headers: tuple[tuple[str, str], ...]
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
        backend = GuardedBackend(
            look_up=self._look_up,
            allow=read_networks(policy.allow_private),
            resolve=policy.resolve,
        )
        self._http = httpx.AsyncClient(
            transport=HostTransport(
                backend, tls=_tls_context(), idle_per_host=policy.per_host_concurrency
            ),
            timeout=policy.timeout_s,
            follow_redirects=False,
            trust_env=False,
            cookies=_NoCookies(),
        )

    async def ask(
        self, target: Target, headers: HeaderList, meter: Meter, *, limit_s: float
    ) -> Reply:
        """Return the answer of `target` to a GET, or raise why there is none.

        Args:
            target: where to ask.
            headers: sent as they are, beside Host.
            meter: told the status and the bytes received as they come.
            limit_s: longest the whole exchange may take.

        Raises:
            DroppedError: the connection broke, or the body was cut off.
            UnsafeTargetError: the address is refused; nothing was connected to.
            FetchError: any other trouble of the network, the server or its body.
        """
        meter.status = None
        try:
            async with asyncio.timeout(limit_s):
                return await self._exchange(target, headers, meter)
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

    async def _exchange(self, target: Target, headers: HeaderList, meter: Meter) -> Reply:
        request = httpx.Request(
            "GET",
            target.url,
            headers=[(b"Host", target.authority.encode()), *headers],
            # httpx would tidy the path; what a publisher links to is asked for as it is.
            extensions={"target": target.path.encode()},
        )
        response = await self._http.send(request, stream=True)
        try:
            meter.status = response.status_code
            received = await self._read(response, meter)
        finally:
            await response.aclose()
        reply = Reply(
            status=response.status_code, headers=_text_headers(response.headers), content=received
        )
        return self._decoded(reply) if reply.status in _OK else reply

    async def _read(self, response: httpx.Response, meter: Meter) -> bytes:
        """Return the body as sent; of an error, nothing."""
        is_ok = response.status_code in _OK
        limit = self._policy.max_body_bytes if is_ok else _ERROR_BYTES
        received = bytearray()
        async for chunk in response.aiter_raw():
            meter.received_bytes += len(chunk)
            received += chunk
            if len(received) > limit:
                if is_ok:
                    detail = f"stopped after {len(received):,} bytes; fetch.max_body_bytes is"
                    raise CodingError(Reason.TOO_LARGE, f"{detail} {limit:,}")
                break
        return bytes(received) if is_ok else b""

    def _decoded(self, reply: Reply) -> Reply:
        codings = reply.header("content-encoding")
        if not codings or not reply.content:
            return reply
        content = decode_body(reply.content, codings, max_bytes=self._policy.max_body_bytes)
        return Reply(status=reply.status, headers=reply.headers, content=content)


class _NoCookies(CookieJar):
    """Takes no cookie: every exchange is asked as by a stranger."""

    def extract_cookies(self, response: Any, request: Any) -> None:
        """Leave them."""


@cache
def _tls_context() -> ssl.SSLContext:
    """Return a verifying context that trusts the system's roots and Mozilla's.

    The system's know a company's own root; Mozilla's are there where a container has none.
    Reading them takes 0.1 s, so it is done once a process.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _text_headers(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    # Latin-1 keeps every byte, so that an ETag can be sent back verbatim.
    pairs = headers.raw
    return tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in pairs)
