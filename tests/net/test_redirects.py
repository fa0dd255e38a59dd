"""Redirects are followed hop by hop, and every hop is checked."""

from __future__ import annotations

import pytest

from etl.outcomes import Reason
from etl.records import Body, Failed

from .conftest import Ask
from .site import Site, answer


def test_a_redirect_is_followed_and_both_ends_are_kept(site: Site, ask: Ask) -> None:
    """To another host, with a relative hop between."""
    site.plays["/a"] = answer(301, Location="b?x=1#part")
    site.plays["/b?x=1"] = answer(302, Location="http://hill.test/c")
    site.plays["/c"] = answer(200, b"here")
    got = ask("/a")
    assert isinstance(got.result, Body)
    assert got.result.url == "http://harbour.test/a"
    assert got.result.final_url == got.exchanges[0].final_url == "http://hill.test/c"
    assert site.asked[-1].headers["host"] == "hill.test"


def test_a_raw_utf8_location_is_quoted(site: Site, ask: Ask) -> None:
    """Servers write it, though they should not."""
    site.plays["/a"] = answer(302, Location="/\xc3\xa9t\xc3\xa9 1")
    site.plays["/%C3%A9t%C3%A9%201"] = answer(200, b"summer")
    assert isinstance(ask("/a").result, Body)


def test_a_circle_ends_as_soon_as_it_closes(site: Site, ask: Ask) -> None:
    """Not after ten rounds."""
    site.plays["/a"] = answer(302, Location="/b")
    site.plays["/b"] = answer(302, Location="/a")
    result = ask("/a").result
    assert isinstance(result, Failed)
    assert (result.reason, result.is_permanent) == (Reason.TOO_MANY_REDIRECTS, True)
    assert site.paths() == ["/a", "/b"]


def test_a_chain_ends_at_the_limit(site: Site, ask: Ask) -> None:
    """Every hop is new, so only the count can end it."""
    for n in range(9):
        site.plays[f"/{n}"] = answer(302, Location=f"/{n + 1}")
    result = ask("/0", max_redirects=3).result
    assert isinstance(result, Failed)
    assert result.reason is Reason.TOO_MANY_REDIRECTS
    assert site.paths() == ["/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", Reason.UNSAFE_TARGET),
        ("http://[::ffff:10.0.0.1]/", Reason.UNSAFE_TARGET),
        ("http://2852039166/", Reason.UNSAFE_TARGET),
        ("http://user:word@hill.test/", Reason.UNSAFE_TARGET),
        ("http://hill.test:22/", Reason.UNSAFE_TARGET),
        ("file:///etc/passwd", Reason.BAD_URL),
        ("http://[oops/", Reason.BAD_URL),
    ],
)
def test_a_redirect_to_where_we_must_not_go_ends_there(
    site: Site, ask: Ask, location: str, reason: Reason
) -> None:
    """The first hop was fine; the second is judged as if it were the first."""
    site.plays["/a"] = answer(302, Location=location)
    result = ask("/a").result
    assert isinstance(result, Failed)
    assert (result.reason, result.is_permanent) == (reason, True)


def test_redirects_share_one_time_limit(site: Site, ask: Ask) -> None:
    """Each hop is quick enough alone."""
    for n in range(8):
        site.plays[f"/{n}"] = answer(302, pause_s=0.15, Location=f"/{n + 1}")
    result = ask("/0", total_timeout_s=0.5).result
    assert isinstance(result, Failed)
    assert result.reason is Reason.TIMEOUT
