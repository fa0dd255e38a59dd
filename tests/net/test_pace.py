"""Hosts that ask for patience, and hosts that say nothing: within a run and from run to run."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.net import WebFetcher
from etl.net.lane import Lane
from etl.outcomes import Reason
from etl.records import Body, Failed, HostMemory, HostPace, Request
from tests.patience import ends

from .conftest import NOW, Open, failure, fetch_one, page
from .site import Site, answer, drip, first_then

DAY = timedelta(days=1)
STALL = drip(b"", b"", every_s=60, times=1)


def feed(path: str, host: str = "harbour") -> Request:
    """Return a request for a feed of the site."""
    return Request(key=path, url=f"http://{host}.test{path}", kind="feed")


def next_run(open_fetcher: Open, before: WebFetcher, **named: Any) -> WebFetcher:
    """Return a fetcher that knows what `before` learned."""
    fetcher = open_fetcher(**named)
    fetcher.recall(before.memory())
    return fetcher


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["3600", "Sun, 22 Nov 2026 13:00:00 GMT"])
def test_a_host_that_asks_for_an_hour_has_it(
    site: Site, open_fetcher: Open, status: int, after: str
) -> None:
    """In both forms (RFC 9110, 10.2.3), for feeds and pages, in the next run too (Miniflux)."""
    site.plays["/feed"] = answer(status, Retry_After=after)
    first = open_fetcher()
    assert failure(fetch_one(first, feed("/feed"))).retry_after_s == 3600
    second = next_run(open_fetcher, first, at=NOW + timedelta(minutes=20))
    for request in (feed("/feed"), page("/page")):
        failed = failure(fetch_one(second, request))
        assert (failed.reason, failed.is_permanent) == (Reason.RATE_LIMITED, False)
        assert failed.retry_after_s is not None
        assert 2390 < failed.retry_after_s <= 2400
    assert site.paths() == ["/feed"]
    site.plays["/feed"] = answer(200, b"x")
    third = next_run(open_fetcher, first, at=NOW + timedelta(hours=1))
    assert isinstance(fetch_one(third, feed("/feed")).result, Body)


@pytest.mark.parametrize("after", ["99999999", "Sun, 22 Nov 2076 12:00:00 GMT"])
def test_nobody_is_left_alone_for_more_than_a_day(
    site: Site, open_fetcher: Open, after: str
) -> None:
    """A typo must not silence a feed for years."""
    site.plays["/feed"] = answer(429, Retry_After=after)
    fetcher = open_fetcher()
    assert failure(fetch_one(fetcher, feed("/feed"))).retry_after_s == 86_400
    (pace,) = fetcher.memory().paces
    assert pace.host == "harbour.test"
    assert pace.closed_until is not None
    assert abs(pace.closed_until - (NOW + DAY)) < timedelta(seconds=5)


def test_a_slowed_host_stays_slow_for_a_day(site: Site, open_fetcher: Open) -> None:
    """Without Retry-After the delay doubles, and the next run starts with it."""
    site.plays["/feed"] = first_then(answer(429), answer(429), answer(200, b"x"))
    first = open_fetcher()
    for _ in range(2):
        fetch_one(first, feed("/feed"))
    (pace,) = first.memory().paces
    assert pace == HostPace(
        host="harbour.test", closed_until=None, delay_s=2.0, slow_until=NOW + DAY
    )
    for at, delay_s in ((NOW + DAY / 2, 2.0), (NOW + DAY, 0.0)):
        later = next_run(open_fetcher, first, at=at)
        lane = later._guide.politeness.lane("harbour.test")
        assert lane.delay_s(time.monotonic()) == delay_s
        assert later.memory().paces == ()


def test_a_host_that_keeps_refusing_is_left_for_a_later_run(site: Site, open_fetcher: Open) -> None:
    """Each refusal costs the run a longer wait: after five in a row it goes on without."""
    site.plays |= {f"/{n}": answer(503, Retry_After="0") for n in range(9)}
    site.plays["/ok"] = answer(200, b"x")
    fetcher = open_fetcher(per_host_concurrency=1)
    with ends():
        got = list(fetcher.fetch([feed(f"/{n}") for n in range(9)]))
    assert len(site.asked) == 5
    late = [failure(one) for one in got if one.exchanges[0].status is None]
    assert {one.reason for one in late} == {Reason.RATE_LIMITED}
    assert all("5 times in a row" in one.detail for one in late)
    assert isinstance(fetch_one(fetcher, feed("/ok", host="hill")).result, Body)


def test_an_answer_between_two_refusals_starts_the_count_anew(
    site: Site, open_fetcher: Open
) -> None:
    """One broken page must not cost a host its others."""
    site.plays |= {"/no": answer(503, Retry_After="0"), "/ok": answer(200, b"x")}
    fetcher = open_fetcher(per_host_concurrency=1)
    for _ in range(4):
        fetch_one(fetcher, feed("/no"))
    fetch_one(fetcher, feed("/ok"))
    for _ in range(4):
        assert failure(fetch_one(fetcher, feed("/no"))).status == 503


def test_a_host_that_stalls_is_left_after_three_times(site: Site, open_fetcher: Open) -> None:
    """A run with stalled hosts ends: the rest fails at once, and is asked in a later run."""
    paths = [f"/{n}" for n in range(12)]
    site.plays |= dict.fromkeys(paths, STALL)
    site.plays["/ok"] = answer(200, b"x")
    fetcher = open_fetcher(timeout_s=0.3, per_host_concurrency=1)
    with ends(within_s=30):
        got = list(fetcher.fetch([feed(path) for path in paths] + [feed("/ok", host="hill")]))
    assert len(site.asked) == 4
    failed = [one.result for one in got if isinstance(one.result, Failed)]
    assert len(failed) == 12
    assert {(one.reason, one.is_permanent) for one in failed} == {(Reason.TIMEOUT, False)}
    late = [one.detail for one in failed if "3 times in a row" in one.detail]
    assert len(late) == 9
    assert late[0].startswith("no byte within 0.3 s")
    assert late[0].endswith("left for a later run")
    assert isinstance(fetch_one(open_fetcher(), feed("/ok")).result, Body)


@pytest.mark.parametrize(
    ("reason", "named", "host"),
    [
        (Reason.CONNECTION, {"resolve": {"harbour.test:80": "127.0.0.1:1"}}, "harbour"),
        (Reason.DNS, {}, "a" * 70),
    ],
)
def test_a_host_that_cannot_be_reached_is_left_too(
    open_fetcher: Open, reason: Reason, named: dict[str, Any], host: str
) -> None:
    """Nobody listens, or the name leads nowhere."""
    fetcher = open_fetcher(per_host_concurrency=1, **named)
    got = [failure(one) for one in fetcher.fetch([feed(f"/{n}", host) for n in range(5)])]
    assert [one.reason for one in got] == [reason] * 5
    assert ["3 times" in one.detail for one in got] == [False] * 3 + [True] * 2


def test_drips_count_as_silence_and_any_answer_ends_it(site: Site, open_fetcher: Open) -> None:
    """Three in a row, whatever they were; a 404 is a sign of life."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.plays["/drip"] = drip(head, b"1\r\nx\r\n", every_s=0.05)
    fetcher = open_fetcher(timeout_s=1.0, total_timeout_s=0.3)
    for path in ("/drip", "/drip", "/none", "/drip", "/drip", "/drip"):
        assert "in a row" not in failure(fetch_one(fetcher, feed(path))).detail
    assert "in a row" in failure(fetch_one(fetcher, feed("/none"))).detail


def test_resets_do_not_count(site: Site, open_fetcher: Open) -> None:
    """They cost no time, and are often about one page."""
    fetcher = open_fetcher()

    async def hang_up(_asked: Any, writer: Any) -> bool:
        writer.transport.abort()
        return False

    site.plays |= {"/reset": hang_up, "/ok": answer(200, b"x")}
    for _ in range(4):
        assert failure(fetch_one(fetcher, feed("/reset"))).reason is Reason.CONNECTION
    assert isinstance(fetch_one(fetcher, feed("/ok")).result, Body)


def test_a_page_of_a_dead_host_fails_like_the_host(open_fetcher: Open) -> None:
    """Not for robots.txt, which could not be read either."""
    where = {"harbour.test:80": "127.0.0.1:1"}
    fetcher = open_fetcher(respect_robots=True, resolve=where)
    failed = failure(fetch_one(fetcher, page("/a")))
    assert (failed.reason, failed.is_permanent) == (Reason.CONNECTION, False)


def test_memory_can_be_read_before_during_and_after(site: Site, open_fetcher: Open) -> None:
    """The pipeline stores it after every stage."""
    site.plays |= {"/no": answer(429), "/a": answer(200, b"x"), "/b": answer(200, b"x")}
    fetcher = open_fetcher()
    assert fetcher.memory() == HostMemory()
    fetched = fetcher.fetch([feed("/no"), feed("/a", "hill"), feed("/b", "hill")])
    next(fetched)
    fetcher.memory()
    list(fetched)
    (pace,) = fetcher.memory().paces
    fetcher.close()
    assert fetcher.memory().paces == (pace,)


moments = st.none() | st.integers(-(10**8), 10**8).map(lambda s: NOW + timedelta(seconds=s))
paces = st.builds(
    HostPace,
    host=st.just("a.test"),
    closed_until=moments,
    delay_s=st.floats(0, 1e6),
    slow_until=moments,
)


@given(paces)
def test_no_memory_closes_a_host_for_longer_than_a_day(pace: HostPace) -> None:
    """Nor slows it down by more than half a minute: clocks and files may be wrong."""
    lane = Lane("a.test", width=1, delay_s=0.25)
    lane.recall(pace, now=1000.0, at=NOW)
    lane.start(1000.0)
    assert 0.25 <= lane.delay_s(1000.0) <= 30.0
    assert lane.wait_s(1000.0) <= 86_400.0
    assert lane.delay_s(1000.0 + 86_400.0) == 0.25
