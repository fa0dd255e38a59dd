"""A URL as the wire wants it: ASCII, quoted, without its fragment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from etl.errors import PermanentFetchError, UnsafeTargetError
from etl.net.guard import Refusal, check_url
from etl.outcomes import Reason

_DEFAULT_PORTS = {"http": 80, "https": 443}
# What RFC 3986 lets stand in a path or query, and "%", so that what is quoted stays quoted once.
_STANDING = "!$%&'()*+,-./:;=?@_~"
_NAME = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_.])?")
_ENDS_IN_NUMBER = re.compile(r"(^|\.)([0-9]+|0x[0-9a-f]*)\.?$")
_IPV4_BYTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one exchange goes. `path` is path and query as sent; `url` puts it all together."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole URL, without a fragment."""
        return self.origin + self.path


def read_target(url: str) -> Target:
    """Return where `url` leads.

    Raises:
        PermanentFetchError: it is not an http(s) URL that can be asked.
        UnsafeTargetError: its spelling alone is refused by the guard.
    """
    url = url.strip()
    _raise_refusal(url, check_url(url))
    parts = urlsplit(url)
    host = _ascii_host(url, parts.hostname or "")
    path = quote(parts.path or "/", safe=_STANDING)
    query = f"?{quote(parts.query, safe=_STANDING)}" if parts.query else ""
    return Target(
        scheme=parts.scheme,
        host=host,
        port=parts.port or _DEFAULT_PORTS[parts.scheme],
        path=(path if path.startswith("/") else f"/{path}") + query,
    )


def follow(target: Target, location: str) -> str:
    """Return the URL a Location header names, seen from `target`.

    Raises:
        PermanentFetchError: it cannot be read as a URL.
    """
    # Headers come as Latin-1, but servers that write a raw non-ASCII Location write UTF-8.
    try:
        text = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = location
    try:
        return urljoin(target.url, text.strip())
    except ValueError as error:
        detail = f"redirected to something that is not a URL: {error}"
        raise PermanentFetchError(target.url, Reason.BAD_URL, detail) from error


def host_of(url: str) -> str:
    """Return the host `url` names, lower case; empty if it names none."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


def _ascii_host(url: str, host: str) -> str:
    host = host.lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            detail = f"{host} is not a host name: {error}"
            raise PermanentFetchError(url, Reason.BAD_URL, detail) from error
    # An IPv6 literal was checked by urlsplit; its zone ("%eth0") cannot be sent.
    if ":" in host and "%" not in host:
        return host
    if not _NAME.fullmatch(host):
        raise PermanentFetchError(url, Reason.BAD_URL, f"{host!r} is not a host name")
    return _read_ipv4(url, host) if _ENDS_IN_NUMBER.search(host) else host


def _read_ipv4(url: str, host: str) -> str:
    """Return the address that a host ending in a number spells (WHATWG URL, 3.5).

    Decimal, octal and hexadecimal, and fewer than four parts, as every resolver reads them.
    """
    try:
        parts = [_read_number(part) for part in host.removesuffix(".").split(".")]
        *high, low = parts
        # The last part fills the bytes that are left: 127.1 is 127.0.0.1.
        packed = bytes(high) + low.to_bytes(_IPV4_BYTES - len(high), "big")
        return str(IPv4Address(packed))
    except (ValueError, OverflowError) as error:
        raise PermanentFetchError(url, Reason.BAD_URL, f"{host} is not an IPv4 address") from error


def _read_number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") and len(part) > 1 else 10)


def _raise_refusal(url: str, refusal: Refusal | None) -> None:
    if refusal is None:
        return
    kind = UnsafeTargetError if refusal.reason is Reason.UNSAFE_TARGET else PermanentFetchError
    raise kind(url, refusal.reason, refusal.detail)
