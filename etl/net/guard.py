"""The SSRF guard, pure part: which addresses and URLs are never asked.

A feed is a stranger's text, and its links and redirects are too: without this, an entry that
links to 169.254.169.254 or to a router's page would be read and archived. Only addresses anyone
on the internet could reach are asked, whatever name or spelling led to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from etl.errors import ConfigError
from etl.outcomes import Reason

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAX_URL_CHARS = 8192
_LOWEST_OPEN_PORT = 1024

# Written out, not `ipaddress.is_global`: what that answers changed between Python 3.11 and 3.13.
_CLOSED_V4 = {
    "0.0.0.0/8": "this network (unspecified)",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "carrier-grade NAT",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relay",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
# Outside 2000::/3 nothing is public. Tunnels (6to4, Teredo) reach IPv4 hosts through a relay we
# cannot see into, and no publisher is only there: refused whole.
_CLOSED_V6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "64:ff9b:1::/48": "local-use NAT64",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "ff00::/8": "multicast",
    "2001::/32": "Teredo tunnel",
    "2001::/23": "protocol assignments",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4 tunnel",
    "3fff::/20": "documentation",
}
_CLOSED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), label) for network, label in (_CLOSED_V4 | _CLOSED_V6).items()
)
_PUBLIC_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a URL is not asked."""

    reason: Reason
    detail: str


def read_networks(cidrs: Iterable[str]) -> tuple[Network, ...]:
    """Return `cidrs` as networks.

    Raises:
        ConfigError: one of them is not a network.
    """
    try:
        return tuple(ip_network(cidr) for cidr in cidrs)
    except ValueError as error:
        message = f"fetch.allow_private: {error}; write networks like 127.77.0.0/16"
        raise ConfigError(message) from error


def refuse(address: str, allow: Sequence[Network] = ()) -> str | None:
    """Return why `address` must not be connected to, or None if it may be.

    Args:
        address: a literal IPv4 or IPv6 address; anything else is refused.
        allow: networks exempt from the refusal.
    """
    try:
        asked = ip_address(address)
    except ValueError:
        return f"{address} is not an IP address"
    reached = _reached(asked)
    if any(spot in network for network in allow for spot in (asked, reached)):
        return None
    label = _closed_label(reached)
    if label is None:
        return None
    via = "" if reached is asked else f" (it leads to {reached})"
    return f"{address}{via} is not a public address: {label}"


def check_url(url: str) -> Refusal | None:  # noqa: PLR0911 - one return a reason is the table
    """Return why `url` is not asked, judged by its spelling alone; None if it may be."""
    if len(url) > MAX_URL_CHARS:
        return _bad(f"the URL has {len(url):,} characters; at most {MAX_URL_CHARS:,} are asked")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        return _bad(f"not a URL: {error}")
    if parts.scheme not in {"http", "https"}:
        return _bad(f"the scheme is {parts.scheme or 'missing'!r}, not http or https")
    if not host:
        return _bad("the URL names no host")
    if "@" in parts.netloc:
        return _unsafe("the URL carries a user name or password")
    if port is not None and port not in {80, 443} and port < _LOWEST_OPEN_PORT:
        return _unsafe(f"port {port} is not a web port (80, 443 or {_LOWEST_OPEN_PORT} and up)")
    return None


def _reached(address: Address) -> Address:
    """Return the IPv4 host an IPv6 spelling leads to, or `address` itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _closed_label(address: Address) -> str | None:
    for network, label in _CLOSED:
        if address in network:
            return label
    if isinstance(address, IPv6Address) and address not in _PUBLIC_V6:
        return "reserved"
    return None


def _bad(detail: str) -> Refusal:
    return Refusal(reason=Reason.BAD_URL, detail=detail)


def _unsafe(detail: str) -> Refusal:
    return Refusal(reason=Reason.UNSAFE_TARGET, detail=detail)
