"""A page that many links lead to is fetched once a run."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from etl.records import Body, Failed, NotModified, SamePage, Validators
from tests.patience import ends

from .conftest import Open, fetch_one, page
from .site import Site, answer, first_then


def test_redirects_to_one_page_fetch_it_once(site: Site, open_fetcher: Open) -> None:
    """Ten trackers, one page; whoever is first has its body, the others its address."""
    trackers = [f"/t{n}" for n in range(10)]
    site.plays |= {path: answer(302, Location="/page") for path in trackers}
    site.plays["/page"] = answer(200, b"x", pause_s=0.1)
    with ends():
        got = list(open_fetcher(per_host_concurrency=4).fetch([page(path) for path in trackers]))
    kinds = Counter(type(one.result) for one in got)
    assert kinds == {Body: 1, SamePage: 9}
    assert site.paths().count("/page") == 1
    same = next(one for one in got if isinstance(one.result, SamePage))
    assert same.result == SamePage(url=same.request.url, final_url="http://harbour.test/page")
    assert [hop.location for hop in same.hops] == ["http://harbour.test/page"]


def test_a_page_had_in_an_earlier_fetch_of_the_run_is_not_fetched_again(
    site: Site, open_fetcher: Open
) -> None:
    """Whichever way round: by its own address, or by a redirect."""
    site.plays |= {"/t": answer(301, Location="/page"), "/page": answer(200, b"x")}
    for first, second in (("/t", "/page"), ("/page", "/t")):
        fetcher = open_fetcher()
        assert isinstance(fetch_one(fetcher, page(first)).result, Body)
        assert isinstance(fetch_one(fetcher, page(second)).result, SamePage)
    assert site.paths().count("/page") == 2


def test_a_page_that_the_other_did_not_get_is_asked_for(site: Site, open_fetcher: Open) -> None:
    """Its failure may have been chance."""
    site.plays |= {"/a": answer(302, Location="/page"), "/b": answer(302, Location="/page")}
    site.plays["/page"] = first_then(answer(500, pause_s=0.1), answer(200, b"x"))
    got = list(open_fetcher().fetch([page("/a"), page("/b")]))
    assert Counter(type(one.result) for one in got) == {Failed: 1, Body: 1}


def test_two_requests_with_one_url_are_both_asked(site: Site, open_fetcher: Open) -> None:
    """The caller must know why it asks twice; nobody waits for nobody."""
    site.plays["/a"] = answer(200, b"x", pause_s=0.05)
    with ends():
        got = list(open_fetcher().fetch([page("/a", key="1"), page("/a", key="2")]))
    assert all(isinstance(one.result, Body) for one in got)


@pytest.mark.parametrize("times", [2, 9])
def test_pages_that_redirect_to_each_other_do_not_lock(
    site: Site, open_fetcher: Open, times: int
) -> None:
    """Each is on its way to the next; a circle ends, it does not stand."""
    paths = [f"/{n}" for n in range(times)]
    for n, path in enumerate(paths):
        site.plays[path] = answer(302, pause_s=0.02, Location=paths[(n + 1) % times])
    with ends():
        got = list(open_fetcher(per_host_concurrency=times).fetch([page(path) for path in paths]))
    assert all(isinstance(one.result, Failed) for one in got)


def test_a_revisit_asks_for_itself(site: Site, open_fetcher: Open) -> None:
    """It wants to know whether its page changed, whoever else was given the page."""
    site.plays |= {"/t": answer(301, Location="/page"), "/page": answer(200, b"x")}
    fetcher = open_fetcher()
    fetch_one(fetcher, page("/t"))
    site.plays["/page"] = answer(304)
    revisit = page("/page", validators=Validators(etag='"a"'))
    assert isinstance(fetch_one(fetcher, revisit).result, NotModified)


def test_feeds_are_no_pages(site: Site, open_fetcher: Open) -> None:
    """Two feeds that lead to one document each have it: which entries are whose is theirs."""
    site.plays |= {"/a": answer(302, Location="/f"), "/f": answer(200, b"x")}
    fetcher = open_fetcher()
    for path in ("/a", "/f"):
        request = page(path)
        feed = type(request)(key=path, url=request.url, kind="feed")
        assert isinstance(fetch_one(fetcher, feed).result, Body)


def test_an_abandoned_page_lets_the_others_go(site: Site, open_fetcher: Open) -> None:
    """Closing the reader drops the claim with the exchange."""
    site.plays |= {"/t": answer(302, Location="/page"), "/u": answer(302, Location="/page")}
    site.plays |= {"/page": answer(200, b"x", pause_s=30), "/quick": answer(200, b"x")}
    fetcher = open_fetcher(timeout_s=40.0, total_timeout_s=60.0)
    fetched = fetcher.fetch([page("/quick"), page("/t")])
    next(fetched)
    time.sleep(0.2)
    fetched.close()
    site.plays["/page"] = answer(200, b"x")
    with ends(within_s=20):
        assert isinstance(fetch_one(fetcher, page("/u")).result, Body)
