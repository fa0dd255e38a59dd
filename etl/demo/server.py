"""The demo web on a loopback socket: an HTTP/1.1 server with a virtual host a site."""

from __future__ import annotations

import socket
import sys
import threading
from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from types import TracebackType
from typing import Self

from etl.demo.sites import Site, load_sites
from etl.demo.web import AskedFor, DemoAnswer, DemoWeb

_LOOPBACK = "127.0.0.1"


class DemoServer:
    """Serves the demo web on 127.0.0.1, at a port the system picks, from `with` to its end.

    Attributes:
        web: what it serves.
        day: 1 at first; set it to 2 and the next answers come from the edited web.
    """

    def __init__(self, sites: Iterable[Site] | None = None) -> None:
        self.web = DemoWeb(load_sites() if sites is None else sites)
        self.day = 1
        self._counts: Counter[AskedFor] = Counter()
        self._counting = threading.Lock()
        self._listener = _Listener(self)
        self._thread = threading.Thread(
            target=self._listener.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="newshouse-demo",
            daemon=True,
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._listener.hang_up()
        self._thread.join()

    @property
    def port(self) -> int:
        """The TCP port it listens on; it is taken from construction on."""
        return int(self._listener.server_address[1])

    @property
    def requests(self) -> dict[AskedFor, int]:
        """How many requests came so far, by kind; all four kinds are there."""
        with self._counting:
            return {kind: self._counts[kind] for kind in ("feed", "page", "robots", "other")}

    def connect_to(self) -> dict[str, str]:
        """Return where to connect for each site: "host:80" → "127.0.0.1:port"."""
        here = f"{_LOOPBACK}:{self.port}"
        return {f"{site.host}:80": here for site in self.web.sites}

    def feed_urls(self) -> tuple[tuple[str, str], ...]:
        """Return URL and title of each site's feed, those that are gone or broken included."""
        return tuple((site.url(site.feed_path), site.name) for site in self.web.sites)

    def answer(self, host: str, path: str, headers: dict[str, str]) -> DemoAnswer:
        """Count the request and return what the web answers to it today."""
        with self._counting:
            self._counts[self.web.kind(host, path)] += 1
        return self.web.answer(host, path, self.day, headers)


class _Listener(ThreadingMixIn, TCPServer):
    """A thread a connection. Not http.server's own: that one asks DNS for its name to bind."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, demo: DemoServer) -> None:
        self.demo = demo
        self._open: set[socket.socket] = set()
        super().__init__((_LOOPBACK, 0), _Connection)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(
        self,
        request: socket.socket | tuple[bytes, socket.socket],
        client_address: tuple[str, int],
    ) -> None:
        # A client that gives up in mid-answer is no fault of the server; a traceback would say so.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End the connections that clients keep alive: no thread outlives the server."""
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # its client has hung up already


class _Connection(BaseHTTPRequestHandler):
    """One client's requests, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 60
    server: _Listener

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "")
        status, headers, body = self.server.demo.answer(host, self.path, dict(self.headers))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def version_string(self) -> str:
        return "newshouse-demo"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: stderr is the progress bar's."""
