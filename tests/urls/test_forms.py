"""One form for each URL: as browsers read it, without what says how a reader came."""

from __future__ import annotations

import pytest
from hypothesis import given

from etl.urls import canonicalize, identity, is_http_url, source_of
from tests.patience import ends
from tests.urls.strategies import URLS


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
