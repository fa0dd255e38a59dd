"""Connections are kept for the next question, and nothing else is."""

from __future__ import annotations

import asyncio

import pytest

from etl.net.client import Meter, WebClient
from etl.net.policy import FetchPolicy
from etl.net.target import read_target
from etl.records import Body, FetchKind, Request

from .conftest import Ask, Open, fetch_one, page
from .site import Asked, Play, Site, answer, first_then, raw, reset


def counting(site: Site) -> list[int]:
    """Return a list that gets the client port of each answer."""
    ports: list[int] = []

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        ports.append(writer.get_extra_info("peername")[1])
        return await answer(200, b"x")(asked, writer)

    whole: Play = play
    site.plays |= {f"/{n}": whole for n in range(8)}
    return ports


def test_a_connection_is_used_again(site: Site, open_fetcher: Open) -> None:
    """One for answers one after the other (RFC 9112, 9.3)."""
    ports = counting(site)
    fetcher = open_fetcher(per_host_concurrency=1)
    got = list(fetcher.fetch([page(f"/{n}") for n in range(4)]))
    assert all(isinstance(one.result, Body) for one in got)
    assert len(set(ports)) == 1


def test_two_on_the_wire_have_a_connection_each(site: Site) -> None:
    """And both are there for the next; a third is not made."""
    ports = counting(site)

    async def ask() -> None:
        policy = FetchPolicy(allow_private=("127.0.0.0/8",))
        client = WebClient(policy)
        target = read_target(f"http://127.0.0.1:{site.port}/1")
        for _ in range(3):
            asks = [client.ask(target, [], Meter(), limit_s=5) for _ in range(2)]
            await asyncio.gather(*asks)
        await client.close()

    asyncio.run(ask())
    assert (len(ports), len(set(ports))) == (6, 2)


def test_a_connection_that_the_server_closed_is_not_used(site: Site, open_fetcher: Open) -> None:
    """It is noticed before anything is sent on it: no second try is needed."""
    closing = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
    site.plays |= {"/a": closing, "/b": answer(200, b"x")}
    fetcher = open_fetcher(retries=0)
    assert isinstance(fetch_one(fetcher, page("/a")).result, Body)
    with asyncio.Runner() as runner:
        runner.run(asyncio.sleep(0.1))
    assert isinstance(fetch_one(fetcher, page("/b")).result, Body)


@pytest.mark.parametrize(("kind", "asked"), [("feed", 2), ("page", 1)])
def test_only_a_feed_is_asked_again_when_a_kept_connection_breaks(
    site: Site, open_fetcher: Open, kind: FetchKind, asked: int
) -> None:
    """The server may just have let go of it (RFC 9110, 9.2.2); a page is not fetched twice."""
    site.plays |= {"/a": answer(200, b"x"), "/b": first_then(reset(), answer(200, b"x"))}
    fetcher = open_fetcher()
    wanted = [Request(key=p, url=f"http://harbour.test{p}", kind=kind) for p in ("/a", "/b")]
    assert isinstance(fetch_one(fetcher, wanted[0]).result, Body)
    fetch_one(fetcher, wanted[1])
    assert site.paths().count("/b") == asked


def test_only_so_many_idle_connections_are_kept(site: Site) -> None:
    """Over thousands of hosts, open files stay few: the one idle longest is closed."""
    site.plays["/"] = answer(200, b"x")
    names = [f"n{n}.test" for n in range(300)]

    async def ask() -> tuple[int, int]:
        client = WebClient(
            FetchPolicy(
                allow_private=("127.0.0.0/8",),
                resolve={f"{name}:80": f"127.0.0.1:{site.port}" for name in names},
            )
        )
        for name in names:
            await client.ask(read_target(f"http://{name}/"), [], Meter(), limit_s=5)
        kept = client._http._transport._connections._idle
        count = len(kept)
        await client.close()
        return count, len(kept)

    assert asyncio.run(ask()) == (256, 0)


def test_a_path_is_asked_for_as_it_is_written(site: Site, ask: Ask) -> None:
    """Without tidying; the publisher's server knows what it means."""
    path = "/a/../b//c/./%7Ed?x=[1]&y='2'"
    site.plays["/a/../b//c/./%7Ed?x=%5B1%5D&y='2'"] = answer(200, b"x")
    assert isinstance(ask(path).result, Body)


def test_cookies_are_neither_kept_nor_sent(site: Site, ask: Ask) -> None:
    """Not even along a redirect."""
    site.plays["/a"] = answer(302, Location="/b", Set_Cookie="id=1; Path=/")
    site.plays["/b"] = answer(200, b"x")
    assert isinstance(ask("/a").result, Body)
    assert "cookie" not in site.asked[-1].headers


@pytest.mark.parametrize("status", [100, 103])
def test_an_interim_answer_is_passed_over(site: Site, ask: Ask, status: int) -> None:
    """Early hints are not the answer (RFC 9110, 15.2; RFC 8297)."""
    interim = f"HTTP/1.1 {status} X\r\nLink: </a.css>\r\n\r\n".encode()
    site.plays["/a"] = raw(interim + b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
    assert isinstance(ask("/a").result, Body)


@pytest.mark.parametrize("stays", [True, False])
def test_a_second_answer_on_one_connection_is_not_taken_for_the_next(
    site: Site, open_fetcher: Open, *, stays: bool
) -> None:
    """A server that speaks out of turn would shift every answer by one (response splitting)."""
    two = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.write(two + b"a" + two + b"!")
        await writer.drain()
        return stays

    site.plays["/a"] = play
    site.plays["/b"] = answer(200, b"b")
    fetcher = open_fetcher(per_host_concurrency=1)
    fetch_one(fetcher, page("/a"))
    got = fetch_one(fetcher, page("/b")).result
    assert isinstance(got, Body)
    assert got.content == b"b"
