"""Hosts in the form that browsers give them."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

import idna

_IPV4_BYTES = 4
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_-])?")
_NUMBER_HOST = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")


def normalise_host(host: str) -> str:
    """Return the lower-case ASCII form of `host`, "" where it cannot be one.

    Raises:
        ValueError: it has characters no host name may have (idna.IDNAError is one), or is a
            number but no address.
    """
    if host.startswith("["):
        return f"[{_compress_ipv6(host)}]"
    if "%" in host:
        host = unquote(host, errors="strict")
    host = host.lower()
    if not host.isascii():
        # Not idna.encode: browsers follow UTS 46 alone, which has symbols (☃.net) idna refuses.
        mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
        host = ".".join(_to_ascii(label) for label in mapped.split("."))
    host = host.removesuffix(".")
    if _NUMBER_HOST.fullmatch(host):
        return _dot_ipv4(host)
    return host if _HOST.fullmatch(host) and ".." not in host else ""


def _to_ascii(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _compress_ipv6(host: str) -> str:
    """Return the IPv6 address in brackets `host` without them, as RFC 5952 and browsers write it.

    Raises:
        ValueError: it is none, or one with a zone, which only its own machine understands.
    """
    if not host.endswith("]") or "%" in host:
        raise ValueError(host)
    number = int(ipaddress.IPv6Address(host[1:-1]))
    # Python 3.13 writes addresses mapped from IPv4 with dots, others do not: so not its own form.
    groups = [f"{number >> shift & 0xFFFF:x}" for shift in range(112, -16, -16)]
    text = ":".join(groups)
    zeros = max(re.findall(r"(?:\b0(?::0)+\b)", text), key=len, default="")
    if not zeros:
        return text
    before, after = re.split(rf"(?<![0-9a-f]){zeros}(?![0-9a-f])", text, maxsplit=1)
    return f"{before.rstrip(':')}::{after.lstrip(':')}"


def _dot_ipv4(host: str) -> str:
    """Return the IPv4 address `host` spells in decimal, octal or hex, in one number to four.

    Raises:
        ValueError: it spells none.
    """
    numbers = [_read_number(part) for part in host.split(".")]
    *first, last = numbers
    if any(number >= 1 << 8 for number in first) or len(numbers) > _IPV4_BYTES:
        raise ValueError(host)
    if last >= 1 << 8 * (_IPV4_BYTES - len(first)):
        raise ValueError(host)
    total = last + sum(number << 8 * (3 - at) for at, number in enumerate(first))
    return str(ipaddress.IPv4Address(total))


def _read_number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def is_ipv4(host: str) -> bool:
    """Return whether a host in normal form is an IPv4 address."""
    return _NUMBER_HOST.fullmatch(host) is not None
