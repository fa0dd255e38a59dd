"""Turns, delays, robots.txt, Retry-After: how hosts are treated."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.net import WebFetcher
from etl.net.lane import Lane
from etl.outcomes import Reason
from etl.records import Answer, Body, Failed, FetchKind, Request
from tests.patience import ends

from .conftest import NOW, Ask
from .site import Site, answer, first_then

Open = Callable[..., WebFetcher]


def requests(*paths: str, kind: FetchKind = "feed", host: str = "harbour") -> list[Request]:
    """Return requests for paths of one host."""
    return [Request(key=path, url=f"http://{host}.test{path}", kind=kind) for path in paths]


def by_key(answers: list[Answer]) -> dict[str, Answer]:
    """Return answers by the caller's own names."""
    return {got.request.key: got for got in answers}


def test_a_host_is_never_asked_more_at_once_than_allowed(site: Site, open_fetcher: Open) -> None:
    """Two hosts in one fetch, each with its own limit."""
    paths = [f"/{n}" for n in range(12)]
    site.plays |= {path: answer(200, b"x", pause_s=0.03) for path in paths}
    wanted = requests(*paths) + requests(*paths, host="hill")
    got = list(open_fetcher(per_host_concurrency=3).fetch(wanted))
    assert all(isinstance(one.result, Body) for one in got)
    assert site.most_at_once == {"harbour.test": 3, "hill.test": 3}


def test_all_hosts_together_are_never_asked_more_at_once_than_allowed(
    site: Site, open_fetcher: Open
) -> None:
    """The global limit."""
    paths = [f"/{n}" for n in range(6)]
    site.plays |= {path: answer(200, b"x", pause_s=0.03) for path in paths}
    wanted = requests(*paths) + requests(*paths, host="hill")
    list(open_fetcher(per_host_concurrency=3, concurrency=4).fetch(wanted))
    assert site.most_together == 4
    assert len(site.asked) == 12


def test_starts_at_a_host_keep_their_distance(site: Site, open_fetcher: Open) -> None:
    """Also across fetches, also when places are free."""
    paths = [f"/{n}" for n in range(4)]
    site.plays |= {path: answer(200, b"x") for path in paths}
    fetcher = open_fetcher(per_host_delay_s=0.15, per_host_concurrency=4)
    list(fetcher.fetch(requests(*paths[:2])))
    list(fetcher.fetch(requests(*paths[2:])))
    starts = [asked.at for asked in site.asked]
    gaps = [b - a for a, b in pairwise(starts)]
    # The site sees a start after connecting, which takes the first one longer than the rest.
    assert min(gaps) > 0.05
    assert starts[-1] - starts[0] > 0.4


def test_a_slow_host_holds_back_nobody_else(site: Site, open_fetcher: Open) -> None:
    """One place in the world, and the host with the long delay does not sit on it."""
    site.plays |= {path: answer(200, b"x") for path in ("/a", "/b", "/c")}
    fetcher = open_fetcher(concurrency=1)
    fetcher._guide.politeness.lane("harbour.test").space_out(0.5)
    wanted = requests("/a", "/b") + requests("/a", "/b", "/c", host="hill")
    order = [got.request.url for got in fetcher.fetch(wanted)]
    assert order[-1].startswith("http://harbour.test/")
    assert sum("hill" in url for url in order[:4]) == 3


def test_robots_txt_is_read_once_and_obeyed(site: Site, open_fetcher: Open) -> None:
    """A denied page is never asked for; the file's exchange is told with the first page."""
    site.plays["/robots.txt"] = answer(200, b"User-agent: *\nDisallow: /secret\n")
    site.plays |= {path: answer(200, b"x") for path in ("/a", "/b", "/secret/c")}
    fetcher = open_fetcher(respect_robots=True)
    got = by_key(list(fetcher.fetch(requests("/a", "/secret/c", "/b", kind="page"))))
    denied = got["/secret/c"].result
    assert isinstance(denied, Failed)
    assert (denied.reason, denied.is_permanent) == (Reason.ROBOTS_DENIED, True)
    assert isinstance(got["/a"].result, Body)
    assert sorted(site.paths()) == ["/a", "/b", "/robots.txt"]
    robots = [one for each in got.values() for one in each.exchanges if one.kind == "robots"]
    assert [one.url for one in robots] == ["http://harbour.test/robots.txt"]


def test_robots_txt_that_names_us_is_for_us(site: Site, ask: Ask) -> None:
    """By the name we send."""
    site.plays["/robots.txt"] = answer(200, b"User-agent: newshouse\nDisallow: /\n")
    site.plays["/a"] = answer(200, b"x")
    result = ask("/a", kind="page", respect_robots=True).result
    assert isinstance(result, Failed)
    assert isinstance(ask("/a", kind="page", respect_robots=True, user_agent="hen").result, Body)


def test_a_redirect_asks_the_robots_txt_of_where_it_leads(site: Site, ask: Ask) -> None:
    """A shortener must not be a way around it."""
    rules = b"User-agent: *\nDisallow: /closed\n"
    site.plays["/robots.txt"] = answer(200, rules)
    site.plays["/open"] = answer(302, Location="http://hill.test/closed")
    result = ask("/open", kind="page", respect_robots=True).result
    assert isinstance(result, Failed)
    assert result.reason is Reason.ROBOTS_DENIED
    assert "/closed" not in site.paths()


@pytest.mark.parametrize("status", [404, 401, 410])
def test_without_robots_txt_anything_may_be_asked(site: Site, ask: Ask, status: int) -> None:
    """RFC 9309: a 4xx means there are no rules."""
    site.plays["/robots.txt"] = answer(status)
    site.plays["/a"] = answer(200, b"x")
    assert isinstance(ask("/a", kind="page", respect_robots=True).result, Body)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_robots_txt_cannot_be_read_nothing_is_asked(
    site: Site, ask: Ask, status: int
) -> None:
    """For now: it is tried again another time."""
    site.plays["/robots.txt"] = answer(status)
    result = ask("/a", kind="page", respect_robots=True).result
    assert isinstance(result, Failed)
    assert (result.reason, result.is_permanent) == (Reason.ROBOTS_DENIED, False)
    assert site.paths() == ["/robots.txt"]


def test_feeds_are_asked_for_whatever_robots_txt_says(site: Site, ask: Ask) -> None:
    """The user subscribed; a feed is made to be polled."""
    site.plays["/feed"] = answer(200, b"x")
    assert isinstance(ask("/feed", kind="feed", respect_robots=True).result, Body)
    assert site.paths() == ["/feed"]


def test_a_page_on_an_unsafe_host_is_unsafe_and_not_denied(ask: Ask) -> None:
    """Its robots.txt could not be asked for either, but that is not the reason."""
    result = ask("http://10.0.0.1/x", kind="page", respect_robots=True).result
    assert isinstance(result, Failed)
    assert (result.reason, result.is_permanent) == (Reason.UNSAFE_TARGET, True)


def test_a_crawl_delay_is_kept(site: Site, open_fetcher: Open) -> None:
    """Between the pages after the file was read."""
    site.plays["/robots.txt"] = answer(200, b"User-agent: *\nCrawl-delay: 0.2\n")
    site.plays |= {path: answer(200, b"x") for path in ("/a", "/b", "/c")}
    fetcher = open_fetcher(respect_robots=True)
    list(fetcher.fetch(requests("/a", "/b", "/c", kind="page")))
    starts = [asked.at for asked in site.asked if asked.path != "/robots.txt"]
    assert starts[1] - starts[0] > 0.1
    assert starts[2] - starts[1] > 0.1


def test_a_short_retry_after_is_waited_for(site: Site, open_fetcher: Open) -> None:
    """The next request of the run to that host comes after it."""
    site.plays["/a"] = first_then(answer(429, Retry_After="1"), answer(200, b"x"))
    fetcher = open_fetcher()
    (refused,) = fetcher.fetch(requests("/a"))
    (served,) = fetcher.fetch(requests("/a"))
    assert isinstance(refused.result, Failed)
    assert isinstance(served.result, Body)
    assert site.asked[1].at - site.asked[0].at > 0.9


def test_a_long_retry_after_fails_the_rest_of_the_host_fast(site: Site, open_fetcher: Open) -> None:
    """Nothing is sent; other hosts go on."""
    site.plays["/a"] = answer(503, Retry_After="3600")
    site.plays["/b"] = answer(200, b"x")
    fetcher = open_fetcher(per_host_concurrency=1)
    with ends():
        got = by_key(list(fetcher.fetch(requests("/a", "/b"))))
        (other,) = fetcher.fetch(requests("/b", host="hill"))
    result = got["/b"].result
    assert isinstance(result, Failed)
    assert (result.reason, result.is_permanent) == (Reason.RATE_LIMITED, False)
    assert result.retry_after_s is not None
    assert 3590 < result.retry_after_s <= 3600
    assert site.paths() == ["/a", "/b"]
    assert isinstance(other.result, Body)


@given(
    st.floats(0, 60),
    st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=8),
    st.floats(0, 1000),
)
def test_being_told_to_slow_down_never_speeds_up(
    delay_s: float, told: list[float | None], now: float
) -> None:
    """Whatever a host says, the next start is no sooner."""
    lane = Lane("a.test", width=1, delay_s=delay_s)
    lane.start(now)
    for wish in told:
        before, spacing = lane.wait_s(now), lane.delay_s(now)
        lane.slow_down(wish, now=now, at=NOW)
        assert lane.wait_s(now) >= before
        assert lane.delay_s(now) >= spacing
        assert lane.delay_s(now) <= max(delay_s, 30.0)


def test_a_429_without_retry_after_halves_the_pace() -> None:
    """From one a second on."""
    lane = Lane("a.test", width=1, delay_s=0.25)
    lane.slow_down(None, now=0.0, at=NOW)
    assert lane.delay_s(0.0) == 1.0
    lane.slow_down(None, now=0.0, at=NOW)
    assert lane.delay_s(0.0) == 2.0
