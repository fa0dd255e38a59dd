"""The demo web over a loopback socket."""

import http.client
import socket
from collections.abc import Iterator

import pytest

from etl.demo import DemoServer, Site

HARBOUR = {"Host": "harbour-echo.test"}


@pytest.fixture
def server(sites: tuple[Site, ...]) -> Iterator[DemoServer]:
    """A running server of the test sites."""
    with DemoServer(sites) as running:
        yield running


@pytest.fixture
def client(server: DemoServer) -> Iterator[http.client.HTTPConnection]:
    """A connection to it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    yield connection
    connection.close()


def get(client: http.client.HTTPConnection, path: str, headers: dict[str, str]):
    """Return status, headers and body of a GET."""
    client.request("GET", path, headers=headers)
    answer = client.getresponse()
    return answer.status, answer.headers, answer.read()


def test_one_connection_serves_every_host(server: DemoServer, client: http.client.HTTPConnection):
    """It is kept alive between requests, and the Host header chooses the site."""
    _, _, harbour = get(client, "/", HARBOUR)
    first = client.sock
    _, _, berg = get(client, "/", {"Host": "bergblatt.test:80"})
    assert client.sock is first
    assert b"Harbour Echo" in harbour
    assert b"Bergblatt" in berg


def test_etag_is_answered_304_until_day_2(server: DemoServer, client: http.client.HTTPConnection):
    """Setting the day edits the web under the server."""
    status, headers, body = get(client, "/feed.xml", HARBOUR)
    assert (status, headers["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    known = HARBOUR | {"If-None-Match": headers["ETag"]}
    assert get(client, "/feed.xml", known)[0] == 304
    server.day = 2
    status, _, edited = get(client, "/feed.xml", known)
    assert status == 200
    assert edited != body


def test_head_has_the_headers_of_get_and_no_body(client: http.client.HTTPConnection):
    """The connection is in order afterwards."""
    client.request("HEAD", "/feed.xml", headers=HARBOUR)
    head = client.getresponse()
    assert head.read() == b""
    status, headers, body = get(client, "/feed.xml", HARBOUR)
    assert (status, len(body)) == (200, int(head.headers["Content-Length"]))
    assert headers["ETag"] == head.headers["ETag"]


def test_requests_are_counted_by_kind(server: DemoServer, client: http.client.HTTPConnection):
    """Those answered 410 or 404 too."""
    for path in ("/feed.xml", "/2026/11/bells", "/robots.txt", "/", "/nothing"):
        get(client, path, HARBOUR)
    assert get(client, "/feed.xml", {"Host": "gone-courier.test"})[0] == 410
    assert server.requests == {"feed": 2, "page": 1, "robots": 1, "other": 2}


def test_fetcher_is_told_where_to_connect(server: DemoServer):
    """All sites are on one port; every feed is named, troubled ones too."""
    here = f"127.0.0.1:{server.port}"
    assert server.connect_to()["carta-do-sul.test:80"] == here
    assert set(server.connect_to().values()) == {here}
    assert len(server.connect_to()) == 6
    feeds = dict(server.feed_urls())
    assert feeds["http://bergblatt.test/atom.xml"] == "Bergblatt"
    assert feeds["http://quayside-post.test/sitemap-news.xml"] == "Quayside Post"
    assert feeds["http://gone-courier.test/feed.xml"] == "Gone Courier"
    assert feeds["http://broken-bulletin.test/feed.xml"] == "Broken Bulletin"


def test_nothing_listens_after_the_end(sites: tuple[Site, ...]):
    """Connections that were kept alive are closed, new ones refused."""
    with DemoServer(sites) as server:
        client = socket.create_connection(("127.0.0.1", server.port), timeout=5)
        client.sendall(b"GET / HTTP/1.1\r\nHost: bergblatt.test\r\n\r\n")
        assert client.recv(15) == b"HTTP/1.1 200 OK"
    while client.recv(65536):
        pass
    client.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=5)
