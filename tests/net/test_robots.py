"""robots.txt: what it denies, how long it holds, what it says of machine use (RFC 9309)."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.net.robots import READ_BYTES, decode_robots, next_file, read_rules
from etl.net.signals import AI_AGENTS, read_signals
from etl.outcomes import Reason
from etl.records import (
    Body,
    Failed,
    HostMemory,
    NotModified,
    RobotsFile,
    UsageSignal,
    Validators,
)

from .conftest import NOW, Ask, Open, failure, fetch_one, page
from .site import Site, answer, drip, reset

DENY_ALL = b"User-agent: *\nDisallow: /\n"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def known(text: str | None, **named: Any) -> RobotsFile:
    """Return what an earlier run knows of the site's robots.txt, expired."""
    values: dict[str, Any] = {
        "origin": "http://harbour.test",
        "text": text,
        "validators": Validators(etag='"r1"', url="http://harbour.test/robots.txt"),
        "fetched_at": NOW - 2 * DAY,
        "expires_at": NOW - DAY,
    }
    return RobotsFile(**(values | named))


def recalling(open_fetcher: Open, *files: RobotsFile, **named: Any) -> Any:
    """Return a fetcher that heeds robots.txt and remembers `files`."""
    fetcher = open_fetcher(respect_robots=True, **named)
    fetcher.recall(HostMemory(robots=files))
    return fetcher


def test_the_file_of_one_run_serves_the_next(site: Site, open_fetcher: Open) -> None:
    """Kept a day when its headers say nothing (RFC 9309, 2.4)."""
    site.plays |= {"/robots.txt": answer(200, b"User-agent: *\nDisallow: /no\n")}
    site.plays["/a"] = answer(200, b"x")
    first = recalling(open_fetcher)
    fetch_one(first, page("/a"))
    (file,) = first.memory().robots
    assert (file.origin, file.expires_at) == ("http://harbour.test", NOW + DAY)
    second = recalling(open_fetcher, file, at=NOW + DAY - HOUR)
    assert failure(fetch_one(second, page("/no"))).reason is Reason.ROBOTS_DENIED
    assert isinstance(fetch_one(second, page("/a")).result, Body)
    assert site.paths().count("/robots.txt") == 1
    assert second.memory().robots == ()


def test_an_expired_file_is_asked_whether_it_changed(site: Site, open_fetcher: Open) -> None:
    """By its validators, once a run, and holds on after a 304 (RFC 9111, 4.3)."""
    site.plays["/robots.txt"] = answer(304, Cache_Control="max-age=600")
    fetcher = recalling(open_fetcher, known("User-agent: *\nDisallow: /no\n"))
    for path in ("/no", "/no/more"):
        assert failure(fetch_one(fetcher, page(path))).reason is Reason.ROBOTS_DENIED
    (asked,) = site.asked
    assert asked.headers["if-none-match"] == '"r1"'
    (file,) = fetcher.memory().robots
    assert file.text == "User-agent: *\nDisallow: /no\n"
    assert (file.fetched_at, file.expires_at) == (NOW, NOW + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("headers", "lasts"),
    [
        ({}, DAY),
        ({"Cache-Control": "max-age=3600"}, HOUR),
        ({"Cache-Control": "max-age=3600", "Age": "1800"}, HOUR / 2),
        ({"Cache-Control": "max-age=31536000"}, DAY),
        ({"Cache-Control": "no-store"}, HOUR * 0),
        ({"Expires": "Sun, 22 Nov 2026 13:00:00 GMT"}, HOUR),
    ],
)
@pytest.mark.parametrize("status", [200, 404])
def test_a_file_holds_as_long_as_its_headers_say(
    site: Site, open_fetcher: Open, status: int, headers: dict[str, str], lasts: timedelta
) -> None:
    """A day at most (RFC 9309, 2.4); that there is none holds as long."""
    site.plays |= {"/robots.txt": answer(status, b"#", **headers), "/a": answer(200, b"x")}
    fetcher = recalling(open_fetcher)
    for path in ("/a", "/a"):
        assert isinstance(fetch_one(fetcher, page(path)).result, Body)
    (file,) = fetcher.memory().robots
    assert file.expires_at == NOW + lasts
    assert site.paths().count("/robots.txt") == 1


@pytest.mark.parametrize("trouble", ["500", "503", "429", "reset", "silent"])
def test_an_unreachable_file_denies_everything(
    site: Site, open_fetcher: Open, trouble: str
) -> None:
    """For this run; its last good copy is kept for later (RFC 9309, 2.3.1.4)."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
    plays = {"reset": reset(), "silent": drip(head, b"", every_s=9, times=1)}
    site.plays["/robots.txt"] = plays.get(trouble) or answer(int(trouble))
    fetcher = recalling(open_fetcher, known("User-agent: *\nAllow: /\n"), timeout_s=0.3)
    for _ in range(2):
        failed = failure(fetch_one(fetcher, page("/a")))
        assert not failed.is_permanent
        assert "robots.txt could not be read" in failed.detail
    assert "/a" not in site.paths()
    (file,) = fetcher.memory().robots
    assert (file.text, file.unreachable_since) == ("User-agent: *\nAllow: /\n", NOW)
    assert file.expires_at <= NOW
    assert file.validators.etag == '"r1"'


@pytest.mark.parametrize(
    ("text", "path", "is_asked"),
    [(None, "/a", True), ("User-agent: *\nDisallow: /no\n", "/a", True),
     ("User-agent: *\nDisallow: /no\n", "/no", False)],
)  # fmt: skip
def test_after_thirty_unreachable_days_the_last_copy_holds(
    site: Site, open_fetcher: Open, text: str | None, path: str, *, is_asked: bool
) -> None:
    """Without one, anything may be asked for (RFC 9309, 2.3.1.4)."""
    site.plays |= {"/robots.txt": answer(500), "/a": answer(200, b"x")}
    since = NOW - timedelta(days=31)
    fetcher = recalling(open_fetcher, known(text, unreachable_since=since, detail="500"))
    assert isinstance(fetch_one(fetcher, page(path)).result, Body) == is_asked
    (file,) = fetcher.memory().robots
    assert (file.text, file.unreachable_since) == (text, since)


def test_a_file_that_comes_back_is_no_longer_unreachable(site: Site, open_fetcher: Open) -> None:
    """The next trouble starts counting anew."""
    site.plays |= {"/robots.txt": answer(404), "/a": answer(200, b"x")}
    since = NOW - timedelta(days=3)
    fetcher = recalling(open_fetcher, known("#", unreachable_since=since, detail="500"))
    fetch_one(fetcher, page("/a"))
    (file,) = fetcher.memory().robots
    assert (file.text, file.unreachable_since, file.detail) == (None, None, None)


def test_a_refused_file_with_a_retry_after_says_when(site: Site, open_fetcher: Open) -> None:
    """The page then fails for the host's reason, not for want of rules."""
    site.plays["/robots.txt"] = answer(429, Retry_After="600")
    failed = failure(fetch_one(recalling(open_fetcher), page("/a")))
    assert (failed.reason, failed.is_permanent) == (Reason.RATE_LIMITED, False)
    assert failed.retry_after_s is not None
    assert 590 < failed.retry_after_s <= 600


def test_five_redirects_to_the_file_are_followed(site: Site, open_fetcher: Open) -> None:
    """Even to another host, and even where pages may redirect less (RFC 9309, 2.3.1.2)."""
    site.plays["/robots.txt"] = answer(301, Location="/1")
    site.plays |= {f"/{n}": answer(302, Location=f"/{n + 1}") for n in range(1, 4)}
    site.plays["/4"] = answer(307, Location="http://hill.test/5")
    site.plays["/5"] = answer(200, DENY_ALL)
    got = fetch_one(recalling(open_fetcher, max_redirects=1), page("/a"))
    assert failure(got).reason is Reason.ROBOTS_DENIED
    assert len(got.exchanges[0].hops) == 5


def test_a_file_in_a_circle_is_no_file(site: Site, open_fetcher: Open) -> None:
    """It redirects into nothing: unavailable, in this run (RFC 9309, 2.3.1.3)."""
    site.plays |= {"/robots.txt": answer(301, Location="/robots.txt"), "/a": answer(200, b"x")}
    fetcher = recalling(open_fetcher)
    assert isinstance(fetch_one(fetcher, page("/a")).result, Body)
    assert fetcher.memory().robots[0].expires_at == NOW


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_of_a_huge_file_the_first_half_megabyte_counts(
    site: Site, open_fetcher: Open, coding: str | None
) -> None:
    """Its size is no reason to fail it (RFC 9309, 2.5); a bomb is cut just so."""
    text = DENY_ALL.replace(b"/\n", b"/no\n") + b"#" * 30_000_000
    body = gzip.compress(text, 1) if coding else text
    named = {"Content-Encoding": coding} if coding else {}
    site.plays |= {"/robots.txt": answer(200, body, **named), "/a": answer(200, b"x")}
    fetcher = recalling(open_fetcher, max_body_bytes=1_000_000)
    assert failure(fetch_one(fetcher, page("/no"))).reason is Reason.ROBOTS_DENIED
    assert isinstance(fetch_one(fetcher, page("/a")).result, Body)
    robots = fetcher.memory().robots[0].text
    assert robots is not None
    assert len(robots) <= READ_BYTES


def test_a_cut_file_ends_with_a_whole_line() -> None:
    """Else "Disallow: /pri" cut to "Disallow: /" would deny the whole site."""
    filling = b"#" * (READ_BYTES - 20) + b"\n"
    text = decode_robots(filling + b"User-agent: *\nDisallow: /private\n")
    assert text.endswith("User-agent: *\n")
    assert "Disallow" not in text


@pytest.mark.parametrize(
    ("content", "is_denied"),
    [
        (b"\xef\xbb\xbf" + DENY_ALL, True),
        (DENY_ALL.decode().encode("utf-16"), True),
        (DENY_ALL.replace(b"\n", b"\r"), True),
        (b"USER-AGENT : NewsHouse # us\r\n disallow:/\r\n", True),
        (b"User-agent: newshouse\nDisallow:\n\nUser-agent: *\nDisallow: /\n", False),
        (b"User-agent: *\nDisallow: /\nAllow: /a\n", False),
        (b"User-agent: *\nDisallow: /*.pdf$\n", False),
        (b"<!doctype html><html><body><h1>Not found</h1></body></html>", False),
        (b"\x00\xff\xfe garbage \x80", False),
        (b"", False),
    ],
)
def test_a_file_is_read_as_it_comes(
    site: Site, ask: Ask, content: bytes, *, is_denied: bool
) -> None:
    """Byte order marks, any line ends, any case, HTML in its place (RFC 9309, 2.2 and 2.3)."""
    site.plays |= {"/robots.txt": answer(200, content, content_type="text/html")}
    site.plays["/a"] = answer(200, b"x")
    got = ask("/a", kind="page", respect_robots=True)
    assert isinstance(got.result, Failed) == is_denied


def test_an_empty_answer_is_an_empty_file(site: Site, ask: Ask) -> None:
    """A 2xx is a file that was read (RFC 9309, 2.3.1.1)."""
    site.plays |= {"/robots.txt": answer(204), "/a": answer(200, b"x")}
    assert isinstance(ask("/a", kind="page", respect_robots=True).result, Body)


@pytest.mark.parametrize(
    ("text", "delay_s"),
    [
        ("User-agent: *\nCrawl-delay: 7\n", 7),
        ("User-agent: *\nCrawl-delay: 0.5\n", 0.5),
        ("User-agent: *\nRequest-rate: 1/10s\n", 10),
        ("User-agent: *\nRequest-rate: 2/1m\nCrawl-delay: 3\n", 30),
        ("User-agent: *\nCrawl-delay: 900\n", 900),
        ("User-agent: other\nCrawl-delay: 7\n", 0),
        ("User-agent: newshouse\nCrawl-delay: 2\n\nUser-agent: *\nCrawl-delay: 7\n", 2),
        ("User-agent: *\nCrawl-delay: inf\n", 0),
        ("User-agent: *\nCrawl-delay: nan\n", 0),
        ("User-agent: *\nCrawl-delay: soon\n", 0),
        ("User-agent: *\nRequest-rate: 0/10s\n", 0),
    ],
)
def test_a_delay_is_read_for_our_group(text: str, delay_s: float) -> None:
    """Crawl-delay and Request-rate are no RFC's, but many sites'."""
    assert read_rules(known(text), "newshouse", now=NOW).delay_s == delay_s


def test_a_delay_over_half_a_minute_is_half_a_minute(open_fetcher: Open) -> None:
    """A site that writes 900 means "slowly", and would never be read."""
    lane = open_fetcher()._guide.politeness.lane("a.test")
    lane.space_out(900.0)
    assert lane.delay_s(0.0) == 30.0


def test_a_known_delay_holds_for_feeds_too(site: Site, open_fetcher: Open) -> None:
    """From the start of the next run: the pace is the host's, whatever is asked of it."""
    site.plays |= {f"/{n}": answer(200, b"x") for n in range(2)}
    file = known("User-agent: *\nCrawl-delay: 0.4\n", expires_at=NOW + DAY)
    fetcher = recalling(open_fetcher, file)
    feeds = [
        type(page("/"))(key=p, url=f"http://harbour.test{p}", kind="feed") for p in ("/0", "/1")
    ]
    list(fetcher.fetch(feeds))
    first, second = (asked.at for asked in site.asked)
    assert second - first > 0.35


def test_signals_are_told_with_the_page(site: Site, open_fetcher: Open) -> None:
    """Named agents denied the page, and preferences for everyone; nothing is judged."""
    site.plays["/robots.txt"] = answer(
        200,
        b"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n\n"
        b"User-agent: gptbot\nUser-agent: CCBot\nDisallow: /\n\n"
        b"User-agent: ClaudeBot\nDisallow: /other\n",
    )
    site.plays |= {"/a": answer(200, b"x"), "/t": answer(302, Location="/a2")}
    site.plays["/a2"] = answer(200, b"x")
    fetcher = recalling(open_fetcher)
    want = (
        UsageSignal(source="robots", name="GPTBot", value="disallow"),
        UsageSignal(source="robots", name="CCBot", value="disallow"),
        UsageSignal(source="robots", name="Content-Signal", value="search=yes, ai-train=no"),
    )
    assert fetch_one(fetcher, page("/a")).signals == want
    assert fetch_one(fetcher, page("/t")).signals == want


def test_preferences_hold_for_their_group_and_path() -> None:
    """A "Content-Usage" may name a path (draft-ietf-aipref-attach)."""
    text = (
        "User-agent: other\nContent-Signal: ai-train=yes\n\n"
        "User-agent: foo\nUser-agent: *\nContent-Usage: train-ai=n\n"
        "Content-Usage: /ok/ train-ai=y\n\n"
        "User-agent: NewsHouse\nContent-Signal: ai-input=no # thanks\n"
    )
    rules = read_rules(known(text), "newshouse", now=NOW)

    def told(path: str) -> list[tuple[str, str]]:
        return [(one.name, one.value) for one in rules.signals(f"http://harbour.test{path}")]

    always = [("Content-Usage", "train-ai=n"), ("Content-Signal", "ai-input=no")]
    assert told("/x") == always
    assert told("/ok/x") == [always[0], ("Content-Usage", "/ok/ train-ai=y"), always[1]]


def test_an_agent_that_is_not_named_is_not_told() -> None:
    """A site that denies everyone says nothing of AI."""
    rules = read_rules(known(DENY_ALL.decode()), "newshouse", now=NOW)
    assert rules.signals("http://harbour.test/x") == ()


@given(st.text(max_size=300), st.sampled_from(AI_AGENTS))
def test_any_text_has_signals_or_none(text: str, agent: str) -> None:
    """robots.txt is a stranger's text."""
    whole = f"User-agent: {agent}\nDisallow: /\n{text}"
    assert agent in read_signals(whole, "newshouse").named


results = st.sampled_from([
    Body(url="u", final_url="u", status=200, headers=(), content=b"#", fetched_at=NOW),
    NotModified(url="u"),
    *(Failed(url="u", reason=Reason.HTTP_STATUS, detail=str(s), status=s)
      for s in (204, 301, 304, 404, 429, 500)),
    *(Failed(url="u", reason=reason, detail="")
      for reason in (Reason.TIMEOUT, Reason.DNS, Reason.UNSAFE_TARGET)),
])  # fmt: skip


@given(st.lists(results, max_size=8))
def test_the_last_good_text_outlives_any_trouble(came: list[Any]) -> None:
    """Only a file, or the word that there is none, takes its place."""
    file, good = None, None
    for result in came:
        is_text = isinstance(result, Body) or getattr(result, "status", None) == 204
        file = next_file("http://a.test", file, result, (), now=NOW)
        if is_text:
            good = file.text
        elif file.unreachable_since is None and not isinstance(result, NotModified):
            good = None
        assert file.text == good
        assert file.expires_at <= NOW + DAY
        assert (file.detail is None) == (file.unreachable_since is None)
