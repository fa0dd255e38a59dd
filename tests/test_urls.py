"""URLs: one form for each, one identity for the spellings of a page."""

from __future__ import annotations

import courlan
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.urls import (
    canonicalize,
    fragment_of,
    identity,
    is_http_url,
    is_same_site,
    page_of,
    source_of,
)
from tests.patience import ends

URL_CHARACTERS = st.text(
    alphabet="htps:/@.[]?&=#%aAzZ019~-_+;!()\\' é日ß。\u200d\ud800\n\x00", max_size=40
)
URLS = st.one_of(
    st.text(max_size=40),
    URL_CHARACTERS,
    st.builds(
        "{}://{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp"]),
        st.sampled_from(
            ["Example.COM", "www.m.bbc.co.uk:80", "a@b.test:8080", "bücher.de", "[::1]", "0x7f.1"]
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
        ("https://example.com/a b?q=c d", "https://example.com/a%20b?q=c%20d"),
        ("  https://example.com./a \n", "https://example.com/a"),
        ("https://example.com//a//", "https://example.com//a//"),
    ],
)
def test_a_url_has_one_form(url: str, expected: str):
    """Every spelling listed comes out as the one on its right."""
    assert canonicalize(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        # tab, newline, controls, slashes
        ("https://exa\tmple.com/a\nb\r", "https://example.com/ab"),
        ("\x00\x1f https://example.com/", "https://example.com/"),
        ("https:\\\\example.com\\a\\..\\b", "https://example.com/b"),
        ("https:example.com/a", "https://example.com/a"),
        ("https:////example.com/a", "https://example.com/a"),
        ("https://example.com/a?b\\c", "https://example.com/a?b%5Cc"),
        # authority
        ("https://a:b@c:d@example.com:8443/", "https://example.com:8443/"),
        ("https://example.com:/a", "https://example.com/a"),
        ("http://example.com:00080/", "http://example.com/"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("https://EX%41MPLE.com/", "https://example.com/"),
        ("https://ｅｘａｍｐｌｅ。com/", "https://example.com/"),
        ("https://faß.test/", "https://xn--fa-hia.test/"),
        ("https://☃.test/", "https://xn--n3h.test/"),
        ("https://BÜCHER.test./", "https://xn--bcher-kva.test/"),
        # IPv4 in all its spellings, IPv6 in one
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://017700000001/", "http://127.0.0.1/"),
        ("http://127.0.0.1./", "http://127.0.0.1/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://[0:0::0:1]:80/", "http://[::1]/"),
        ("http://[2001:DB8:0:0:1:0:0:1]/", "http://[2001:db8::1:0:0:1]/"),
        ("http://[1:0:2:3:4:5:6:7]/", "http://[1:0:2:3:4:5:6:7]/"),
        ("http://[1:2::]/", "http://[1:2::]/"),
        ("http://[::]/", "http://[::]/"),
        ("http://[::ffff:192.168.0.1]/", "http://[::ffff:c0a8:1]/"),
        # path
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com/a/%2e%2E/%2e/b/.", "https://example.com/b/"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com/a/.../b..c", "https://example.com/a/.../b..c"),
        ("https://example.com/A%2fb%3F", "https://example.com/A%2Fb%3F"),
        ('https://example.com/a"<>`{}^|[]', "https://example.com/a%22%3C%3E%60%7B%7D%5E%7C%5B%5D"),
        ("https://example.com?q", "https://example.com/?q"),
        # query and fragment
        ("https://example.com/?q='x'", "https://example.com/?q=%27x%27"),
        ("https://example.com/?a+b=c%2Bd", "https://example.com/?a+b=c%2Bd"),
        ("https://example.com/?b&a=", "https://example.com/?b&a="),
        ("https://example.com/?b=&a=", "https://example.com/?a=&b="),
        ("https://example.com/?2024&view&12", "https://example.com/?2024&view&12"),
        ("https://example.com/?a=1&a=1", "https://example.com/?a=1&a=1"),
        ("https://example.com/?a=1?b=2#c?d", "https://example.com/?a=1?b=2"),
        ("https://example.com/app#!/story/7", "https://example.com/app#!/story/7"),
        ("https://example.com/#/story/7 ", "https://example.com/#/story/7"),
        ("https://example.com/app#!", "https://example.com/app"),
        # sessions
        ("https://example.com/a;jsessionid=0A1B.w2/b;v=1", "https://example.com/a/b;v=1"),
        ("https://example.com/a?PHPSESSID=0a1b&id=7", "https://example.com/a?id=7"),
        ("https://example.com/?ASPSESSIONIDQQ=0A&id=7", "https://example.com/?id=7"),
        ("https://example.com/(S(lit3py55t21z5v55vlm25s55))/a", "https://example.com/a"),
        ("https://example.com/(S(abc))/a", "https://example.com/(S(abc))/a"),
    ],
)
def test_urls_are_read_as_browsers_read_them(url: str, expected: str):
    """The WHATWG URL standard's cases, in our words; and what sessions leave in addresses."""
    assert canonicalize(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://0x100000000/",
        "http://09.1/",
        "http://1..2/",
        "http://a.1x.2/",
        "http://example.com:65536/",
        "http://example.com:80a/",
        "http://exa mple.com/",
        "http://exa%00mple.com/",
        "http://ex%FFample.com/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://::1/",
        "http://user@/",
        "http://.",
        "ftp://example.com/",
        "//example.com/",
        "data:text/html,x",
    ],
)
def test_what_browsers_refuse_is_no_url(url: str):
    """Hosts that are numbers but no addresses, ports that are none, other schemes."""
    assert not is_http_url(url)
    assert canonicalize(url) == url


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
        "mod=rss_markets_main",
        "feedType=RSS&feedName=world",
        "ncid=edlinkush&cmpid=rss",
    ],
)
def test_tracking_parameters_are_dropped_and_others_kept(tracking: str):
    """What says how a reader came is no part of the address; an id is."""
    assert canonicalize(f"https://e.test/?{tracking}&id=7") == "https://e.test/?id=7"


@pytest.mark.parametrize(
    "query",
    [
        "partner=shop",
        "cmp=12&ncid=99817",
        "cid=4711",
        "mod=viewthread&tid=9",
        "ns_id=7",
        "pk_id=7",
        "pk_i_id=7",
        "ref=archive",
        "sid=7",
        "source=rsshub",
        "uid=7",
        "utm=7",
    ],
)
def test_what_may_name_a_page_stays(query: str):
    """An article met twice is found later; one whose address was cut to another's is lost."""
    assert canonicalize(f"https://e.test/?{query}") == f"https://e.test/?{query}"


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
def test_a_canonical_url_is_ascii_and_has_no_fragment_but_a_route(url: str):
    """A canonical web address is safe to store, compare and ask for."""
    if is_http_url(url):
        canonical = canonicalize(url)
        assert canonical.isascii()
        assert "#" not in canonical or canonical.partition("#")[2].startswith(("!", "/"))
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


@pytest.mark.parametrize(
    "url",
    [
        "https://e.test/" + "/amp" * 100_000,
        "https://e.test/" + "a;jsessionid=" * 50_000,
        "https://e.test/" + "%2e%2e/" * 100_000,
        "https://" + "www." * 100_000 + "e.test/",
        "https://" + "1." * 100_000,
        "https://" + ":" * 300_000,
        "https://e.test/?" + "&" * 300_000 + "a=1" * 100_000,
        "https://e.test/" + "é%" * 50_000,
        "http://" + "9" * 100_000,
        "https://" + "ü." * 50_000,
    ],
    ids=["amp", "sessions", "dots", "labels", "numbers", "ports", "query", "bytes", "ip", "idna"],
)
def test_endless_urls_take_no_time(url: str):
    """Feeds are written by anybody."""
    with ends():
        assert canonicalize(canonicalize(url)) == canonicalize(url)
        assert identity(url) == identity(canonicalize(url))


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
