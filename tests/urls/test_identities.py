"""One identity for the spellings of a page, another for another page."""

from __future__ import annotations

import courlan
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.urls import fragment_of, identity, page_of
from tests.urls.strategies import URLS

SPELLINGS = (
    ("HTTPS://Example.COM/a", "https://example.com/a"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("http://example.com:80/a", "http://example.com/a"),
    ("https://example.com//a", "https://example.com/a"),
    ("https://example.com/../a", "https://example.com/a"),
    ("https://example.com/ä", "https://example.com/%C3%A4"),
    ("https://example.com/?b=2&a=1", "https://example.com/?a=1&b=2"),
    ("https://example.com/?q=a b", "https://example.com/?q=a+b"),
    ("https://example.com/?utm_source=x&a=1", "https://example.com/?a=1"),
    ("https://example.com/?fbclid=x", "https://example.com/"),
    ("https://example.com/a#utm_source=x&utm_medium=y", "https://example.com/a"),
    ("https://xn--bcher-kva.example/a", "https://bücher.example/a"),
)


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_what_courlan_takes_for_one_page_has_one_identity(one: str, other: str):
    """Where courlan joins two spellings, we join them: its rules for news links are a reference."""
    assert courlan.normalize_url(one).rstrip("/") == courlan.normalize_url(other).rstrip("/")
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://e.test/?cid=1", "https://e.test/?cid=2"),
        ("https://e.test/?uid=1", "https://e.test/?uid=2"),
        ("https://e.test/?source=a", "https://e.test/?source=b"),
        ("https://e.test/?q=", "https://e.test/?p="),
    ],
)
def test_pages_courlan_takes_for_one_stay_apart(one: str, other: str):
    """It drops every name that could be tracking, and empty values: too much for an archive."""
    assert courlan.normalize_url(one) == courlan.normalize_url(other)
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    "other",
    [
        "http://example.com/news/1",
        "https://www.example.com/news/1/",
        "https://m.example.com/news/1?utm_source=x",
        "https://amp.example.com/news/1",
        "https://www.example.com/news/1/amp/",
        "https://example.com//news/1?amp=1",
        "https://example.com/news/1#comments",
        "https://example.com/news/1;jsessionid=0A1B",
        "https://reader:secret@example.com:443/news/1/amp/amp",
    ],
)
def test_spellings_of_one_page_have_one_identity(other: str):
    """Scheme, front labels, AMP and slashes do not make another page."""
    assert identity(other) == identity("https://example.com/news/1")


def test_different_pages_keep_different_identities():
    """Path case, query and subdomains still tell pages apart."""
    urls = [
        "https://e.test/a",
        "https://e.test/A",
        "https://e.test/a?id=1",
        "https://e.test/a?id=2",
        "https://e.test/a?id=",
        "https://e.test/a?1&2",
        "https://e.test/a?2&1",
        "https://e.test/a#!1",
        "https://e.test/a%2Fb",
        "https://e.test/a/b",
        "https://e.test/a?q=1%2B1",
        "https://e.test/a?q=1+1",
        "https://e.test:8443/a",
        "https://n.e.test/a",
    ]
    assert len({identity(url) for url in urls}) == len(urls)


PATHS = st.lists(
    st.text(alphabet="abzAZ019-_.~!$'()*+,;=:@ é%", min_size=1, max_size=8), min_size=1, max_size=3
)
QUERIES = st.lists(
    st.tuples(st.sampled_from(["id", "p", "page", "q"]), st.text("abc019+ ", max_size=3)),
    max_size=3,
)


@given(PATHS, QUERIES, st.sampled_from(["utm_source=rss", "fbclid=1", "at_medium=RSS"]))
def test_scheme_www_and_tracking_never_matter(
    path: list[str], query: list[tuple[str, str]], tracking: str
):
    """Whatever the page is called."""
    page = "/".join(path)
    parts = [f"{name}={value}" for name, value in query]
    plain = f"https://n.test/{page}?{'&'.join(parts)}#"
    dressed = f"http://www.n.test/{page}?{'&'.join([*parts, tracking])}#top"
    assert identity(plain) == identity(dressed)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=2, unique=True))
def test_different_numbers_are_different_pages(numbers: list[int]):
    """In the path, in the query, in a route."""
    for shape in ("/news/{}", "/news-{}.html", "/?p={}", "/?{}", "/a;id={}", "/#!/{}"):
        one, other = (identity("https://n.test" + shape.format(number)) for number in numbers)
        assert one != other


@given(URLS)
def test_the_page_is_what_follows_the_host(url: str):
    """A moved site keeps it."""
    assert identity(url).endswith(page_of(url))


@pytest.mark.parametrize(
    ("url", "fragment"),
    [
        ("https://e.test/a#comment-7", "comment-7"),
        ("https://e.test/a#xtor=RSS-1", ""),
        ("https://e.test/a#utm_source=x&part=2", "part=2"),
        ("https://e.test/a#:~:text=quoted", ""),
        ("https://e.test/a#p2:~:text=quoted", "p2"),
        ("https://e.test/a#!/story", ""),
        ("https://e.test/a", ""),
        ("mailto:a@e.test#x", ""),
    ],
)
def test_a_fragment_names_a_place_on_the_page(url: str, fragment: str):
    """Without tracking and quotations; routes are pages, not places."""
    assert fragment_of(url) == fragment
