"""The demo web answers as servers do, and changes on day 2."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.demo import DemoWeb, load_sites
from etl.demo.sites import TROUBLED

HARBOUR = "harbour-echo.test"


def listed_pages(web: DemoWeb, day: int) -> list[tuple[str, str]]:
    """Return host and path of every page that a feed of `day` names."""
    pages = []
    for site in web.sites:
        text = web.answer(site.host, site.feed_path, day, {}).body.decode()
        paths = re.findall(rf"http://{re.escape(site.host)}(/20\d\d/\d\d/[\w-]+)", text)
        pages += [(site.host, path) for path in dict.fromkeys(paths)]
    return pages


@pytest.mark.parametrize(("day", "count"), [(1, 7), (2, 8)])
def test_every_listed_page_is_there(web: DemoWeb, day: int, count: int):
    """Each answers 200, as HTML with its charset."""
    pages = listed_pages(web, day)
    assert len(pages) == count
    for host, path in pages:
        answer = web.answer(host, path, day, {})
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_page_that_has_yet_to_appear_is_not_found(web: DemoWeb):
    """A 404 on day 1, a page on day 2."""
    path = "/2026/11/lamp"
    assert [web.answer(HARBOUR, path, day, {}).status for day in (1, 2)] == [404, 200]


def test_correction_shows_on_day_2(web: DemoWeb):
    """In the page, and by its ETag."""
    first, second = (web.answer(HARBOUR, "/2026/11/ferry-returns", day, {}) for day in (1, 2))
    assert b"on Tuesday" in first.body
    assert b"on Tuesday" not in second.body
    assert b"on Thursday" in second.body
    assert first.headers["ETag"] != second.headers["ETag"]


@pytest.mark.parametrize("spelling", ["{}", "W/{}", '"other", {}', "*"])
def test_known_etag_is_answered_304_without_a_body(web: DemoWeb, spelling: str):
    """As long as the day is the same."""
    etag = web.answer(HARBOUR, "/feed.xml", 1, {}).headers["ETag"]
    answer = web.answer(HARBOUR, "/feed.xml", 1, {"if-none-match": spelling.format(etag)})
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"] == etag


def test_etag_of_day_1_gets_the_feed_of_day_2(web: DemoWeb):
    """The edited feed is no longer the one the client knows."""
    etag = web.answer(HARBOUR, "/feed.xml", 1, {}).headers["ETag"]
    answer = web.answer(HARBOUR, "/feed.xml", 2, {"If-None-Match": etag})
    assert answer.status == 200
    assert b"2026-11-21T09:30" in answer.body


@pytest.mark.parametrize("host", ["harbour-echo.test:80", "HARBOUR-ECHO.test"])
def test_port_case_and_query_make_no_difference(web: DemoWeb, host: str):
    """A Host header may carry a port, a URL a tracking query."""
    asked = web.answer(host, "/feed.xml?utm_source=x", 1, {})
    assert asked == web.answer(HARBOUR, "/feed.xml", 1, {})


def test_feed_that_is_gone_answers_410(web: DemoWeb):
    """Its robots.txt is still there."""
    assert web.answer("gone-courier.test", "/feed.xml", 1, {}).status == 410
    assert web.answer("gone-courier.test", "/robots.txt", 1, {}).status == 200


def test_broken_feed_answers_html(web: DemoWeb):
    """With status 200, as such walls do."""
    answer = web.answer("broken-bulletin.test", "/feed.xml", 1, {})
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert b"Please enable cookies" in answer.body


def test_unknown_hosts_and_paths_are_not_found(web: DemoWeb):
    """No site, no page; /private/ has nothing either."""
    assert web.answer("elsewhere.test", "/", 1, {}).status == 404
    assert web.answer(HARBOUR, "/private/desk", 1, {}).status == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "feed"),
        ("/robots.txt", "robots"),
        ("/2026/11/lamp", "page"),
        ("/", "other"),
        ("/nothing", "other"),
    ],
)
def test_requests_have_a_kind(web: DemoWeb, path: str, kind: str):
    """A page that appears on day 2 is one on day 1 too."""
    assert web.kind(HARBOUR, path) == kind


def test_troubled_feeds_count_as_feeds(web: DemoWeb):
    """They are asked as feeds."""
    assert {web.kind(site.host, site.feed_path) for site in TROUBLED} == {"feed"}


@given(host=st.text(), path=st.text(), day=st.integers(), header=st.text())
def test_any_request_is_answered_the_same_way_twice(
    web: DemoWeb, host: str, path: str, day: int, header: str
):
    """Nothing a client sends is an error of the server."""
    for name in (host, HARBOUR):
        first = web.answer(name, path, day, {"If-None-Match": header})
        assert first == web.answer(name, path, day, {"If-None-Match": header})
        assert first.status in (200, 304, 404)


@pytest.mark.parametrize("day", [1, 2])
def test_bundled_web_is_whole(day: int):
    """Every article of every bundled site is listed by its feed and has a page."""
    web = DemoWeb(load_sites())
    assert len(web.sites) == 16
    pages = listed_pages(web, day)
    articles = [each for site in web.sites for each in site.on(day).articles]
    assert len(pages) == len(articles)
    assert all(web.answer(host, path, day, {}).status == 200 for host, path in pages)
