"""What every request passes and every answer carries: only who may ask, and no power to pages.

Titles and texts come from strangers. Pages run no script and load nothing from elsewhere, so that
even what slipped through unescaped could do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST = re.compile(r"(?:\[(?P<address>[^\[\]]+)\]|(?P<name>[^:\[\]]+))(?::\d+)?")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def is_loopback(host: str) -> bool:
    """Return whether a name or address is this machine's own for itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_welcome(header: str, *, bound: str, names: Iterable[str]) -> bool:
    """Return whether a Host header names us and not a site that was made to point here.

    A page of evil.example, once its name leads to 127.0.0.1, may read what we answer: the browser
    takes us for evil.example. Its Host gives it away. An address cannot be made to point elsewhere,
    so all addresses are good where others than this machine were let in.

    Args:
        header: as it came.
        bound: the address we listen at.
        names: what else we are called.
    """
    found = _HOST.fullmatch(header.strip().lower())
    if not found:
        return False
    host = found["address"] or found["name"]
    if is_loopback(host) or host in {bound.lower(), *(name.lower() for name in names)}:
        return True
    if is_loopback(bound):
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class Guard:
    """Refuses foreign Hosts, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, *, bound: str, names: Iterable[str] = ()) -> None:
        self._app = app
        self._bound = bound
        self._names = tuple(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) == 1 and is_welcome(hosts[0], bound=self._bound, names=self._names):
            await self._app(scope, receive, send_guarded)
            return
        refusal = PlainTextResponse("This is not the site you asked for.\n", status_code=421)
        await refusal(scope, receive, send_guarded)


def is_of_another_site(headers: Headers) -> bool:
    """Return whether a page of another site made the browser ask, by a link, an image or a form."""
    return headers.get("sec-fetch-site", "none") in {"cross-site", "same-site"}
