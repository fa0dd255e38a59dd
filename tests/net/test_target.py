"""URLs as the wire wants them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import FetchError, PermanentFetchError
from etl.net.target import follow, host_of, read_target


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTP://Example.COM:80", "http://example.com/"),
        ("https://example.com:8443/a?b=c#part", "https://example.com:8443/a?b=c"),
        ("http://example.com?q=1", "http://example.com/?q=1"),
        (" http://example.com/a b\u00e9|%20 ", "http://example.com/a%20b%C3%A9%7C%20"),
        ("http://example.com/?q=\u00fc&r=[1]", "http://example.com/?q=%C3%BC&r=%5B1%5D"),
        ("http://m\u00fcnchen.example/", "http://xn--mnchen-3ya.example/"),
        ("http://[2606:4700::1]:8080/x", "http://[2606:4700::1]:8080/x"),
    ],
)
def test_a_url_is_sent_in_ascii_without_its_fragment(url: str, sent: str) -> None:
    """What was quoted stays quoted once."""
    assert read_target(url).url == sent


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_makes_a_safe_target_or_an_error_of_ours(host: str, path: str) -> None:
    """A target is ASCII without blanks, and reading it again changes nothing."""
    try:
        target = read_target(f"http://{host}/{path}")
    except FetchError:
        return
    assert target.url.isascii()
    assert target.url.isprintable()
    assert " " not in target.url
    assert read_target(target.url) == target


@pytest.mark.parametrize("host", ["a b", "exa<mple", "a..", "-", "fe80::1%25eth0", "a\x00b"])
def test_a_host_that_is_no_name_is_refused(host: str) -> None:
    """Before anybody is asked for its address."""
    bracketed = f"[{host}]" if ":" in host else host
    if host == "a..":
        assert read_target(f"http://{host}/").host == host  # the resolver's to refuse
        return
    with pytest.raises(PermanentFetchError):
        read_target(f"http://{bracketed}/")


def test_a_location_is_read_from_where_it_was_given() -> None:
    """Relative, absolute, without a scheme."""
    target = read_target("https://a.test/x/y?z=1")
    assert follow(target, "../w") == "https://a.test/w"
    assert follow(target, "//b.test/") == "https://b.test/"
    assert follow(target, "?q") == "https://a.test/x/y?q"


def test_the_host_of_nonsense_is_empty() -> None:
    """Queues are named by it, so it never raises."""
    assert host_of("http://[oops") == ""
    assert host_of("http://A.Test:80/") == "a.test"
