"""Nothing refused is ever connected to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import ConfigError, PermanentFetchError, UnsafeTargetError
from etl.net.connect import GuardedDialler, LookUp, NameNotFoundError, SystemLookUp
from etl.net.guard import check_url, read_networks, refuse
from etl.net.target import read_target
from etl.outcomes import Reason

REFUSED = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1",
    "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "100::1",
    "4000::1", "::127.0.0.1", "::8.8.8.8", "localhost", "0177.0.0.1", "",
]  # fmt: skip
ALLOWED = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "192.0.3.1", "2606:4700::1111", "::ffff:8.8.8.8",
           "64:ff9b::8.8.8.8"]  # fmt: skip

v4 = st.integers(0, 2**32 - 1).map(lambda n: str(IPv4Address(n)))
v6 = st.integers(0, 2**128 - 1).map(lambda n: str(IPv6Address(n)))
addresses = st.one_of(v4, v6, st.sampled_from(REFUSED[:-3]), st.sampled_from(ALLOWED))


class Ledger:
    """Connects to nothing; writes down what it was told to connect to."""

    def __init__(self) -> None:
        self.connected: list[str] = []

    async def __call__(self, address: str, *_: object) -> Any:  # noqa: D102
        self.connected.append(address)
        raise ConnectionRefusedError("nobody there")


def dial(host: str, port: int, ledger: Ledger, *, look_up: LookUp, **named: Any) -> type[Exception]:
    """Return how dialling ended, which is never with a connection."""
    dialler = GuardedDialler(look_up=look_up, open_stream=ledger, **named)
    with pytest.raises((UnsafeTargetError, httpcore.ConnectError)) as caught:
        asyncio.run(dialler.dial(host, port, tls=None, limit_s=5.0))
    return caught.type


def connect(answers: Sequence[str], allow: Iterable[str] = ()) -> tuple[list[str], type[Exception]]:
    """Return what was connected to when a name has `answers`, and how it ended."""
    ledger = Ledger()

    async def look_up(_host: str, _port: int) -> Sequence[str]:
        return answers

    how = dial("news.test", 80, ledger, look_up=look_up, allow=read_networks(allow))
    return ledger.connected, how


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    """Every special-purpose network, and every way to spell it."""
    assert refuse(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_a_public_address_is_not_refused(address: str) -> None:
    """Also behind the two transparent IPv6 spellings of IPv4."""
    assert refuse(address) is None


def test_an_exempt_network_is_exempt_and_nothing_else() -> None:
    """As a mapped address too."""
    allow = read_networks(["127.77.0.0/16"])
    assert refuse("127.77.3.4", allow) is None
    assert refuse("::ffff:127.77.3.4", allow) is None
    assert refuse("127.78.0.1", allow)


def test_an_exemption_that_is_no_network_names_the_key() -> None:
    """The user must know where to mend it."""
    with pytest.raises(ConfigError, match=r"fetch\.allow_private"):
        read_networks(["127.77.0.1/16"])


@given(st.lists(addresses, max_size=6))
def test_only_checked_addresses_are_ever_connected_to(answers: list[str]) -> None:
    """Whatever a name server says."""
    connected, error = connect(answers)
    assert all(refuse(address) is None for address in connected)
    allowed = [address for address in answers if refuse(address) is None]
    assert connected == allowed[:4] or len(set(answers)) < len(answers)
    assert (error is UnsafeTargetError) == bool(answers and not allowed)
    assert (error is NameNotFoundError) == (not answers)


@given(v4)
def test_refusal_agrees_with_the_networks_it_names(address: str) -> None:
    """A mapped spelling is judged like the address itself."""
    assert bool(refuse(address)) == bool(refuse(f"::ffff:{address}"))
    exempt = [ip_network(address)]
    assert refuse(address, exempt) is None


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0177.0.0.1", "127.1", "0x7f.1", "0x7F000001", "127.0.0.1.", "localhost",
     "\uff11\uff12\uff17.0.0.1", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[::1]"],
)  # fmt: skip
def test_odd_spellings_of_loopback_end_at_the_address_they_mean(host: str) -> None:
    """Decimal, octal, hex, short, dotted, full-width, mapped, NAT64 (WHATWG URL, 3.5)."""
    ledger, look_up = Ledger(), SystemLookUp()
    target = read_target(f"http://{host}/")
    assert dial(target.host, target.port, ledger, look_up=look_up) is UnsafeTargetError
    look_up.close()
    assert ledger.connected == []


@pytest.mark.parametrize("host", ["1.2.3.999", "0x.1.2.3.4", "256.1.1.1", "1.2.3.4.5", "09.1.1.1"])
def test_a_host_that_ends_in_a_number_is_an_address_or_nothing(host: str) -> None:
    """No resolver is asked what it makes of it (WHATWG URL, 3.5)."""
    with pytest.raises(PermanentFetchError):
        read_target(f"http://{host}/")


def test_a_mapped_target_is_still_guarded() -> None:
    """`resolve` moves the connection, not the guard."""
    ledger, look_up = Ledger(), SystemLookUp()
    moved = {"news.test:80": "[::1]:8080"}
    assert dial("news.test", 80, ledger, look_up=look_up, resolve=moved) is UnsafeTargetError
    look_up.close()
    assert ledger.connected == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://a.test/", Reason.BAD_URL),
        ("javascript:alert(1)", Reason.BAD_URL),
        ("/relative", Reason.BAD_URL),
        ("http:///path", Reason.BAD_URL),
        ("http://a.test:99999/", Reason.BAD_URL),
        ("http://[::1/", Reason.BAD_URL),
        ("http://a.test/" + "a" * 8200, Reason.BAD_URL),
        ("http://me@a.test/", Reason.UNSAFE_TARGET),
        ("http://a.test:25/", Reason.UNSAFE_TARGET),
    ],
)
def test_a_url_that_is_not_asked_says_why(url: str, reason: Reason) -> None:
    """Judged by spelling alone."""
    refusal = check_url(url)
    assert refusal is not None
    assert refusal.reason is reason
    assert refusal.detail


@pytest.mark.parametrize("url", ["http://a.test", "https://a.test:8443/x", "HTTP://A.test:80/"])
def test_a_web_url_may_be_asked(url: str) -> None:
    """Ports 80, 443 and from 1024 up."""
    assert check_url(url) is None
