"""URLs: one form for each, one identity for the spellings of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.urls import canonicalize, identity, is_http_url, is_same_site, source_of

URL_CHARACTERS = st.text(
    alphabet="htps:/@.[]?&=#%aAzZ019~-_+;\\ é日ß\u200d\ud800\n\x00", max_size=40
)
URLS = st.one_of(
    st.text(max_size=40),
    URL_CHARACTERS,
    st.builds(
        "{}://{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.sampled_from(
            ["Example.COM", "www.m.bbc.co.uk:80", "a@b.test:8080", "bücher.de", "[::1]"]
        ),
        URL_CHARACTERS,
    ),
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.COM:80", "http://example.com/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://user:secret@example.com/a#top", "https://example.com/a"),
        ("https://bücher.de/ä", "https://xn--bcher-kva.de/%C3%A4"),
        ("https://example.com/a/./b/../c/%2E%2e/d", "https://example.com/a/d"),
        ("https://example.com/%7euser/%c3%a9/100%", "https://example.com/~user/%C3%A9/100%25"),
        ("https://example.com/?b=2&a=1&b=1&", "https://example.com/?a=1&b=2&b=1"),
        ("https://example.com/?", "https://example.com/"),
        ("https://example.com/a b?q=c d", "https://example.com/a%20b?q=c+d"),
        ("  https://example.com./a \n", "https://example.com/a"),
        ("https://example.com//a//", "https://example.com//a//"),
    ],
)
def test_a_url_has_one_form(url: str, expected: str):
    """Every spelling listed comes out as the one on its right."""
    assert canonicalize(url) == expected


@pytest.mark.parametrize(
    "tracking",
    [
        "utm_source=rss&utm_medium=feed",
        "fbclid=x",
        "at_medium=RSS&at_campaign=KARANGA",
        "xtor=RSS-1",
        "CMP=share_btn_tw",
        "ns_mchannel=rss",
        "partner=rss&emc=rss",
        "%75tm_source=x",
    ],
)
def test_tracking_parameters_are_dropped_and_others_kept(tracking: str):
    """What says how a reader came is no part of the address; an id is."""
    assert canonicalize(f"https://e.test/?{tracking}&id=7") == "https://e.test/?id=7"
    assert canonicalize("https://e.test/?partner=shop") == "https://e.test/?partner=shop"


@pytest.mark.parametrize(
    "text", ["", "  mailto:a@b.test ", "/relative", "http://", "http://[x/", "x"]
)
def test_what_is_no_url_comes_back_stripped(text: str):
    """No web address: nothing to normalise, nothing to raise."""
    assert canonicalize(text) == text.strip()
    assert not is_http_url(text)
    assert source_of(text) == ""


@given(URLS)
def test_canonicalising_twice_equals_once(url: str):
    """The law; and whatever comes in, nothing is raised."""
    once = canonicalize(url)
    assert canonicalize(once) == once
    assert identity(once) == identity(url)


@given(URLS)
def test_a_canonical_url_is_ascii_without_fragment(url: str):
    """A canonical web address is safe to store, compare and ask for."""
    if is_http_url(url):
        canonical = canonicalize(url)
        assert canonical.isascii()
        assert "#" not in canonical
        assert is_http_url(canonical)


@pytest.mark.parametrize(
    "other",
    [
        "http://example.com/news/1",
        "https://www.example.com/news/1/",
        "https://m.example.com/news/1?utm_source=x",
        "https://amp.example.com/news/1",
        "https://www.example.com/news/1/amp/",
        "https://example.com//news/1?amp=1",
    ],
)
def test_spellings_of_one_page_have_one_identity(other: str):
    """Scheme, front labels, AMP and slashes do not make another page."""
    assert identity(other) == identity("https://example.com/news/1")


def test_different_pages_keep_different_identities():
    """Path case, query and subdomains still tell pages apart."""
    urls = ["https://e.test/a", "https://e.test/A", "https://e.test/a?id=1", "https://n.e.test/a"]
    assert len({identity(url) for url in urls}) == len(urls)


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
