"""The port: one answer a request, whatever happens on the way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from etl.net import WebFetcher
from etl.net.client import WebClient
from etl.outcomes import Reason
from etl.ports import Fetcher
from etl.records import Body, Failed, Request
from tests.patience import ends

from .site import Site, answer, drip, reset

Open = Callable[..., WebFetcher]


def feeds(*urls: str) -> list[Request]:
    """Return a feed request for each URL."""
    return [Request(key=url, url=url, kind="feed") for url in urls]


def test_every_request_has_one_answer_whatever_comes(site: Site, open_fetcher: Open) -> None:
    """Good, bad, broken and nonsense together."""
    site.plays["/ok"] = answer(200, b"x")
    site.plays["/reset"] = reset()
    urls = [
        "http://harbour.test/ok", "http://harbour.test/reset", "http://harbour.test/none",
        "http://hill.test/ok", "http://10.0.0.1/", "nonsense", "", "http://[oops", "ftp://x/",
    ]  # fmt: skip
    fetcher: Fetcher = open_fetcher()
    got = list(fetcher.fetch(feeds(*urls)))
    assert sorted(one.request.url for one in got) == sorted(urls)
    assert all(len(one.exchanges) == 1 for one in got)
    assert len({one.exchanges[0].fetch_id for one in got}) == len(urls)


def test_answers_come_as_they_are_ready(site: Site, open_fetcher: Open) -> None:
    """Not in the order asked."""
    site.plays["/slow"] = answer(200, b"x", pause_s=0.3)
    site.plays["/quick"] = answer(200, b"x")
    fetched = open_fetcher().fetch(feeds("http://harbour.test/slow", "http://harbour.test/quick"))
    assert [one.request.url[-5:] for one in fetched] == ["quick", "/slow"]


def test_no_requests_have_no_answers(open_fetcher: Open) -> None:
    """And a fetcher can be asked again and again."""
    fetcher = open_fetcher()
    assert list(fetcher.fetch([])) == []
    assert list(fetcher.fetch(iter(()))) == []


def test_a_slow_reader_holds_the_fetching_back(site: Site, open_fetcher: Open) -> None:
    """At most 64 answers and what was on the wire pile up."""
    paths = [f"/{n}" for n in range(200)]
    site.plays |= {path: answer(200, b"x") for path in paths}
    fetched = open_fetcher(per_host_concurrency=4).fetch(
        feeds(*(f"http://harbour.test{path}" for path in paths))
    )
    next(fetched)
    time.sleep(0.5)
    assert len(site.asked) <= 64 + 4 + 1
    assert len(list(fetched)) == 199


def test_an_abandoned_fetch_stops_asking(site: Site, open_fetcher: Open) -> None:
    """And leaves the fetcher as good as new."""
    paths = [f"/{n}" for n in range(100)]
    site.plays |= {path: answer(200, b"x", pause_s=0.02) for path in paths}
    fetcher = open_fetcher(per_host_concurrency=1)
    fetched: Any = fetcher.fetch(feeds(*(f"http://harbour.test{path}" for path in paths)))
    next(fetched)
    fetched.close()
    time.sleep(0.1)
    asked = len(site.asked)
    time.sleep(0.1)
    assert len(site.asked) == asked < 20
    (again,) = fetcher.fetch(feeds("http://harbour.test/5"))
    assert isinstance(again.result, Body)


def test_a_fetch_inside_a_fetch_does_not_lock(site: Site, open_fetcher: Open) -> None:
    """The reader of one may wait for another at the same host."""
    paths = [f"/{n}" for n in range(150)]
    site.plays |= {path: answer(200, b"x") for path in paths}
    fetcher = open_fetcher(per_host_concurrency=1)
    outer = fetcher.fetch(feeds(*(f"http://harbour.test{path}" for path in paths)))
    next(outer)
    time.sleep(0.4)
    (inner,) = fetcher.fetch(feeds("http://harbour.test/7"))
    assert isinstance(inner.result, Body)
    assert len(list(outer)) == 149


def test_a_bug_in_one_request_is_its_answer(
    site: Site, open_fetcher: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others have theirs."""
    site.plays |= {"/good": answer(200, b"x"), "/bad": answer(200, b"x")}
    whole = WebClient.ask

    async def broken(self: WebClient, target: Any, *rest: Any, **named: Any) -> Any:
        if target.path == "/bad":
            raise ZeroDivisionError("ours")
        return await whole(self, target, *rest, **named)

    monkeypatch.setattr(WebClient, "ask", broken)
    urls = ["http://harbour.test/good", "http://harbour.test/bad"]
    got = {one.request.url: one.result for one in open_fetcher().fetch(feeds(*urls))}
    assert isinstance(got[urls[0]], Body)
    bad = got[urls[1]]
    assert isinstance(bad, Failed)
    assert (bad.reason, bad.detail) == (Reason.BUG, "ZeroDivisionError('ours')")


def test_requests_are_read_in_the_callers_thread(open_fetcher: Open) -> None:
    """They may come from a database cursor, which has a thread of its own."""
    seen: list[int] = []

    def lazily() -> Iterator[Request]:
        seen.append(threading.get_ident())
        yield from feeds("nonsense")

    list(open_fetcher().fetch(lazily()))
    assert seen == [threading.get_ident()]


def test_closing_ends_what_is_on_the_wire_and_the_thread(site: Site, open_fetcher: Open) -> None:
    """And asking afterwards is an error that says so."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
    site.plays["/drip"] = drip(head, b"", every_s=1)
    site.plays["/ok"] = answer(200, b"x")
    before = threading.active_count()
    fetcher = open_fetcher()
    fetched = fetcher.fetch(feeds("http://harbour.test/drip", "http://harbour.test/ok"))
    next(fetched)
    with ends():
        fetcher.close()
        fetcher.close()
    assert threading.active_count() == before
    with pytest.raises(RuntimeError, match="while fetching"):
        list(fetched)
    with pytest.raises(RuntimeError, match="closed"):
        next(fetcher.fetch(feeds("http://harbour.test/ok")))
