"""Which site a URL is of."""

from __future__ import annotations

import pytest

from etl.urls import is_same_site, source_of


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("https://news.example.com:8080/", "example.com"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("http://[::1]/", "[::1]"),
        ("http://localhost/", "localhost"),
        ("http://www.name.test/", "name.test"),
        ("https://alice.blogspot.com/", "alice.blogspot.com"),
    ],
)
def test_the_source_is_the_registrable_domain(url: str, source: str):
    """Known suffixes, unknown ones and addresses."""
    assert source_of(url) == source


def test_same_site_needs_a_source():
    """Two subdomains of a publisher are one site; two strings without a host are none."""
    assert is_same_site("https://www.bbc.co.uk/a", "http://news.bbc.co.uk/b")
    assert not is_same_site("https://a.blogspot.com/", "https://b.blogspot.com/")
    assert not is_same_site("x", "x")
