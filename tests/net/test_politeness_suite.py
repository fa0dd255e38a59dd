"""What a publisher, or an attacker, may do to a poller, played on loopback.

Each test names the RFC, or the project, whose lesson it is. robots.txt is in `test_robots`,
refusals and silence from run to run in `test_pace`, TLS and HTTP/2 in `test_tls`, every spelling
of an address in `test_guard`.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
import zstandard

from etl.net import connect
from etl.outcomes import Reason
from etl.records import Body, Hop, NotModified, Request, Validators
from tests.patience import ends

from .conftest import Ask, Open, failure, fetch_one, page
from .site import Asked, Play, Site, answer, drip, first_then, raw

HERE = "http://harbour.test"
ODD = "W/\"caf\xe9 \x82\xac 'x'; y\""
STALE = Validators(etag='"1"', last_modified="Sun, 22 Nov 2026 10:00:00 GMT")


def conditional(site: Site) -> list[tuple[str, bool]]:
    """Return the paths asked for, and whether validators came with each."""
    return [(asked.path, "if-none-match" in asked.headers) for asked in site.asked]


# Conditional GET


@pytest.mark.parametrize("etag", [ODD, '"a"', "W/", "no quotes", "\xa0", '"a\tb"'])
def test_an_etag_goes_back_byte_for_byte(site: Site, ask: Ask, etag: str) -> None:
    """Opaque to us, valid or not (RFC 9110, 8.8.3; RFC 9111, 4.3.1)."""
    site.plays["/feed"] = first_then(answer(200, b"x", ETag=etag), answer(304))
    body = ask("/feed").result
    assert isinstance(body, Body)
    got = ask("/feed", validators=Validators(etag=body.header("etag"), url=body.final_url))
    assert isinstance(got.result, NotModified)
    assert site.asked[-1].headers["if-none-match"] == etag


def test_validators_are_for_the_url_that_gave_them(site: Site, ask: Ask) -> None:
    """On whatever hop it is met, and on no other (RFC 9110, 8.8.3: one resource's states)."""
    site.plays |= {"/old": answer(301, Location="/mid"), "/mid": answer(302, Location="/new")}
    site.plays["/new"] = answer(304)
    given = Validators(etag='"a"', url=f"{HERE}/new")
    got = ask("/old", validators=given)
    assert isinstance(got.result, NotModified)
    assert conditional(site) == [("/old", False), ("/mid", False), ("/new", True)]
    assert got.exchanges[-1].final_url == f"{HERE}/new"


def test_validators_of_unknown_origin_go_to_every_hop(site: Site, ask: Ask) -> None:
    """As every reader before us sent them."""
    site.plays |= {"/old": answer(301, Location="/new"), "/new": answer(304)}
    assert isinstance(ask("/old", validators=STALE).result, NotModified)
    assert conditional(site) == [("/old", True), ("/new", True)]


def test_a_304_from_where_nothing_was_asked_is_no_answer(site: Site, ask: Ask) -> None:
    """The feed has moved, and its new server says "unchanged" of it knows what."""
    site.plays |= {"/old": answer(301, Location="/new"), "/new": answer(304)}
    failed = failure(ask("/old", validators=Validators(etag='"a"', url=f"{HERE}/old")))
    assert (failed.reason, failed.is_permanent) == (Reason.PROTOCOL, False)
    assert conditional(site) == [("/old", True), ("/new", False)]


def test_a_url_in_its_first_spelling_is_the_same_url(site: Site, ask: Ask) -> None:
    """Whoever keeps what the user typed, with its fragment and capitals, loses nothing."""
    typed = "HTTP://Harbour.test:80/feed#top"
    site.plays["/feed"] = answer(304)
    assert isinstance(ask(typed, validators=Validators(etag='"a"', url=typed)).result, NotModified)


def test_a_server_that_lies_is_found_out_by_an_audit(site: Site, ask: Ask) -> None:
    """A 304, and new content behind it (Media Cloud turned conditional GET off for these)."""

    async def lying(asked: Asked, writer: object) -> bool:
        is_asked = "if-none-match" in asked.headers
        play = answer(304) if is_asked else answer(200, b"news", ETag='"1"')
        return await play(asked, writer)  # type: ignore[arg-type]

    site.plays["/feed"] = lying
    plain = ask("/feed", validators=STALE)
    assert (type(plain.result), plain.is_audit) == (NotModified, False)
    audited = ask("/feed", validators=STALE, is_audited=True)
    assert isinstance(audited.result, Body)
    assert (audited.result.content, audited.is_audit) == (b"news", True)
    assert [one.outcome for one in audited.exchanges] == ["not_modified", "ok"]
    assert site.asked[-1].headers["cache-control"] == "no-cache"
    assert "if-modified-since" not in site.asked[-1].headers


@pytest.mark.parametrize("second", [answer(500), answer(304), raw(b""), answer(429)])
def test_an_audit_that_fails_leaves_the_304_as_it_was(site: Site, ask: Ask, second: Play) -> None:
    """It was the user's question, the audit is ours. The last exchange is the one that counts."""
    site.plays["/feed"] = first_then(answer(304), second)
    got = ask("/feed", validators=STALE, is_audited=True)
    assert (type(got.result), got.is_audit) == (NotModified, False)
    assert len(got.exchanges) == 2
    assert got.exchanges[-1].outcome == "not_modified"


def test_an_audit_takes_its_turn(site: Site, ask: Ask) -> None:
    """Two questions are two starts at the host."""
    site.plays["/feed"] = first_then(answer(304), answer(200, b"x"))
    assert ask("/feed", validators=STALE, is_audited=True, per_host_delay_s=0.3).is_audit
    first, second = (asked.at for asked in site.asked)
    assert second - first > 0.25


def test_an_answer_that_is_no_304_is_not_audited(site: Site, ask: Ask) -> None:
    """There is nothing to doubt in a whole document."""
    site.plays["/feed"] = answer(200, b"x")
    got = ask("/feed", validators=STALE, is_audited=True)
    assert (len(site.asked), got.is_audit) == (1, False)


# Redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_of_a_chain_is_told(site: Site, ask: Ask, status: int) -> None:
    """In order, each with its status, so that a move can be told from a detour (RFC 9110, 15.4)."""
    site.plays |= {
        "/a": answer(301, Location="b"),
        "/b": answer(status, Location="//hill.test/c"),
        "/c": answer(200, b"x"),
    }
    got = ask("/a")
    assert isinstance(got.result, Body)
    assert got.hops == (
        Hop(url=f"{HERE}/a", status=301, location=f"{HERE}/b"),
        Hop(url=f"{HERE}/b", status=status, location="http://hill.test/c"),
    )


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/loop", Reason.TOO_MANY_REDIRECTS),
        ("/none", Reason.HTTP_STATUS),
        ("http://10.0.0.1/", Reason.UNSAFE_TARGET),
        ("http://user:secret@hill.test/", Reason.UNSAFE_TARGET),
        ("http://hill.test:25/", Reason.UNSAFE_TARGET),
        ("http://0x7f.1/", Reason.UNSAFE_TARGET),
        ("http://[::ffff:10.1.2.3]/", Reason.UNSAFE_TARGET),
        ("http://[64:ff9b::a01:203]/", Reason.UNSAFE_TARGET),
        ("javascript:alert(1)", Reason.BAD_URL),
        ("data:text/html,x", Reason.BAD_URL),
        ("gopher://hill.test/", Reason.BAD_URL),
        ("http://[oops/", Reason.BAD_URL),
        ("/" + "a" * 9000, Reason.BAD_URL),
    ],
)
def test_redirects_are_told_when_the_last_one_fails(
    site: Site, ask: Ask, location: str, reason: Reason
) -> None:
    """Every hop is judged like the first, and nothing refused is connected to (OWASP, SSRF)."""
    site.plays |= {"/loop": answer(302, Location="/b"), "/b": answer(308, Location=location)}
    got = ask("/loop", allow_private=("127.0.0.1/32",), resolve=_only(site))
    assert failure(got).reason is reason
    assert [hop.status for hop in got.hops] == [302, 308]
    assert got.hops[1].url == f"{HERE}/b"


def _only(site: Site) -> dict[str, str]:
    return {"harbour.test:80": f"127.0.0.1:{site.port}", "127.0.0.1:80": "10.0.0.1:80"}


def test_a_fall_back_to_plain_http_is_followed_and_told(site: Site, ask: Ask) -> None:
    """A feed is public; the chain shows that its way was not."""
    site.plays |= {"/a": answer(301, Location="http://hill.test/b"), "/b": answer(200, b"x")}
    got = ask("/a")
    assert [hop.location for hop in got.exchanges[0].hops] == ["http://hill.test/b"]


def test_a_gone_feed_says_so_for_good(site: Site, ask: Ask) -> None:
    """410 is meant, 404 may be an accident (RFC 9110, 15.5.11)."""
    site.plays["/feed"] = answer(410)
    failed = failure(ask("/feed"))
    assert (failed.reason, failed.is_permanent) == (Reason.GONE, True)


# Addresses


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fe80::1"]
)
@pytest.mark.parametrize("is_redirect", [False, True])
def test_a_name_that_leads_to_a_private_address_is_not_asked(
    site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch, address: str, *, is_redirect: bool
) -> None:
    """Whatever it is called: judged is the address that would be connected to (Miniflux)."""
    monkeypatch.setattr(connect, "_getaddrinfo", lambda _host, _port: [address])
    site.plays["/a"] = answer(302, Location="http://inside.test/")
    url = f"{HERE}/a" if is_redirect else "http://inside.test/"
    failed = failure(ask(url, allow_private=("127.0.0.1/32",) if is_redirect else ()))
    assert (failed.reason, failed.is_permanent) == (Reason.UNSAFE_TARGET, True)


def test_the_name_is_looked_up_once(site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second answer, for the connection, could be another (DNS rebinding)."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    monkeypatch.setattr(connect, "_getaddrinfo", lambda _host, _port: answers.pop(0))
    site.plays["/a"] = answer(200, b"x")
    assert isinstance(ask(f"http://rebound.test:{site.port}/a").result, Body)
    assert len(answers) == 1


# Sizes and times

BOMBS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "br": lambda body: brotli.compress(body, quality=1),
    "zstd": zstandard.compress,
    "gzip, gzip": lambda body: gzip.compress(gzip.compress(body)),
}


@pytest.mark.parametrize("coding", sorted(BOMBS))
def test_a_bomb_ends_at_the_limit(site: Site, ask: Ask, coding: str) -> None:
    """20 MB in a few KB; the limit is on what comes out (RFC 9110, 8.4; CWE-409)."""
    bomb = BOMBS[coding](bytes(20_000_000))
    site.plays["/feed"] = answer(200, bomb, Content_Encoding=coding)
    failed = failure(ask("/feed", max_body_bytes=1_000_000))
    assert (failed.reason, failed.is_permanent) == (Reason.TOO_LARGE, True)


def _flood(line: bytes, times: int) -> Play:
    return raw(b"HTTP/1.1 200 OK\r\n" + line * times + b"Content-Length: 1\r\n\r\nx")


@pytest.mark.parametrize(
    "flood",
    [_flood(b"X-Long: " + b"a" * 1_000_000 + b"\r\n", 1), _flood(b"X: y\r\n", 100_000),
     raw(b"HTTP/1.1 200 " + b"a" * 1_000_000)],
    ids=["long", "many", "status"],
)  # fmt: skip
def test_a_flood_of_headers_ends_with_a_reason(site: Site, ask: Ask, flood: Play) -> None:
    """100 KB of them is the most taken (RFC 9110, 5.4; RFC 6585, 5)."""
    site.plays["/feed"] = flood
    with ends(within_s=20):
        failed = failure(ask("/feed"))
    assert (failed.reason, failed.is_permanent) == (Reason.TOO_LARGE, True)
    assert "headers are too long" in failed.detail
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "piece", [b"X-A: b\r\n", b"1\r\nx\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n"],
    ids=["headers", "body", "interim"],
)  # fmt: skip
def test_a_drip_ends_when_its_time_is_up(site: Site, ask: Ask, piece: bytes) -> None:
    """Never silent, never done (Slowloris, from the other side)."""
    first = {b"X": b"HTTP/1.1 200 OK\r\n", b"H": b""}.get(
        piece[:1], b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    site.plays["/feed"] = drip(first, piece, every_s=0.05)
    with ends(within_s=20):
        failed = failure(ask("/feed", timeout_s=1.0, total_timeout_s=0.5))
    assert (failed.reason, failed.is_permanent) == (Reason.TIMEOUT, False)
    assert "total_timeout_s" in failed.detail


def test_a_flood_of_interim_answers_ends_when_its_time_is_up(site: Site, ask: Ask) -> None:
    """As fast as it can: 1xx answers have no end of their own (RFC 9110, 15.2)."""
    site.plays["/feed"] = drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 4000, every_s=0.0)
    with ends(within_s=20):
        assert failure(ask("/feed", total_timeout_s=0.5)).reason is Reason.TIMEOUT


@pytest.mark.parametrize(
    "cut",
    [b"Content-Length: 100\r\n\r\nshort", b"Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"],
    ids=["length", "chunked"],
)
def test_half_a_document_is_no_document(site: Site, ask: Ask, cut: bytes) -> None:
    """It would look like a feed that dropped its entries (RFC 9112, 8)."""
    site.plays["/feed"] = raw(b"HTTP/1.1 200 OK\r\n" + cut)
    failed = failure(ask("/feed"))
    assert (failed.reason, failed.is_permanent) == (Reason.TRUNCATED, False)


# A host's patience


def test_feeds_and_pages_of_a_host_share_its_turns(site: Site, open_fetcher: Open) -> None:
    """By the server's own log: never more at once, never sooner (Media Cloud, NewsBlur)."""
    site.plays["/robots.txt"] = answer(200, b"User-agent: *\nDisallow:\n", pause_s=0.05)
    site.plays |= {f"/{n}": answer(200, b"x", pause_s=1.0) for n in range(4)}
    wanted = [
        page(f"/{n}") if n % 2 else Request(key=str(n), url=f"{HERE}/{n}", kind="feed")
        for n in range(4)
    ]
    fetcher = open_fetcher(respect_robots=True, per_host_delay_s=0.2, per_host_concurrency=2)
    got = list(fetcher.fetch(wanted))
    assert all(isinstance(one.result, Body) for one in got)
    assert site.most_at_once == {"harbour.test": 2}
    assert len(site.asked) == 5
    gaps = [after.at - before.at for before, after in pairwise(site.asked)]
    assert min(gaps) > 0.2 - 0.03  # the server's own clock may be read late


def test_a_host_that_answers_soon_is_asked_one_question_at_a_time(
    site: Site, open_fetcher: Open
) -> None:
    """The delay is between an answer and the next question: a busy server has it whole."""
    site.plays |= {f"/{n}": answer(200, b"x", pause_s=0.3) for n in range(4)}
    fetcher = open_fetcher(per_host_delay_s=0.2, per_host_concurrency=2)
    wanted = [Request(key=str(n), url=f"{HERE}/{n}", kind="feed") for n in range(4)]
    assert all(isinstance(one.result, Body) for one in fetcher.fetch(wanted))
    assert site.most_at_once == {"harbour.test": 1}
    gaps = [after.at - before.at for before, after in pairwise(site.asked)]
    assert min(gaps) > 0.3 + 0.2 - 0.03


def test_a_delay_is_kept_though_the_first_connection_takes_its_time(
    site: Site, open_fetcher: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is between questions as the server sees them, not as we begin to dial."""
    dial = connect.GuardedDialler.dial

    async def slow_once(self: connect.GuardedDialler, *args: Any, **named: Any) -> Any:
        monkeypatch.undo()
        await asyncio.sleep(0.4)
        return await dial(self, *args, **named)

    site.plays |= {f"/{n}": answer(200, b"x", pause_s=0.2) for n in range(3)}
    monkeypatch.setattr(connect.GuardedDialler, "dial", slow_once)
    list(open_fetcher(per_host_delay_s=0.3).fetch([page(f"/{n}") for n in range(3)]))
    gaps = [after.at - before.at for before, after in pairwise(site.asked)]
    assert min(gaps) > 0.3 - 0.03


def test_hosts_do_not_wait_for_each_other(site: Site, open_fetcher: Open) -> None:
    """One of them stalls; the other has its forty answers meanwhile."""
    site.plays["/stall"] = answer(200, b"x", pause_s=1.5)
    site.plays |= {f"/{n}": answer(200, b"x") for n in range(40)}
    wanted = [Request(key="s", url=f"{HERE}/stall", kind="feed")]
    wanted += [Request(key=str(n), url=f"http://hill.test/{n}", kind="feed") for n in range(40)]
    order = [got.request.key for got in open_fetcher(concurrency=2).fetch(wanted)]
    assert order[-1] == "s"


def test_one_bad_host_costs_the_others_nothing(site: Site, open_fetcher: Open) -> None:
    """Every fault at one of two hosts: the run ends, and the healthy one is read whole."""
    plays: list[Play] = [
        answer(503, Retry_After="0"), answer(429, Retry_After="0"),
        raw(b""), raw(b"HTTP/1.1 200 OK\r\n"),
        answer(302, Location="/loop"), answer(302, Location="http://10.0.0.1/"),
        answer(200, gzip.compress(bytes(5_000_000)), Content_Encoding="gzip"),
        answer(200, b"junk", Content_Encoding="br"), answer(404), answer(410), raw(b"SSH-2.0\r\n"),
    ]  # fmt: skip
    site.plays |= {f"/bad{n}": play for n, play in enumerate(plays)}
    site.plays |= {f"/{n}": answer(200, b"x") for n in range(20)}
    site.plays["/loop"] = answer(302, Location="/loop")
    bad = [page(f"/bad{n}") for n in range(len(plays))]
    fetcher = open_fetcher(max_body_bytes=1_000_000)
    with ends():
        got = list(fetcher.fetch([*bad, *(page(f"/{n}", host="hill") for n in range(20))]))
    by_host = {True: 0, False: 0}
    for one in got:
        by_host[isinstance(one.result, Body)] += 1
    assert by_host == {True: 20, False: len(plays)}
    assert all(failure(one).detail for one in got if not isinstance(one.result, Body))
    assert Reason.BUG not in {getattr(one.result, "reason", None) for one in got}


def test_after_the_faults_everything_is_had(site: Site, open_fetcher: Open) -> None:
    """A later run asks again, and nothing of the trouble stays but a slower pace."""
    site.plays["/feed"] = answer(503, Retry_After="1")
    first = open_fetcher()
    failure(fetch_one(first, Request(key="f", url=f"{HERE}/feed", kind="feed")))
    site.plays["/feed"] = answer(200, b"x")
    second = open_fetcher()
    second.recall(first.memory())
    with ends():
        got = fetch_one(second, Request(key="f", url=f"{HERE}/feed", kind="feed"))
    assert isinstance(got.result, Body)
