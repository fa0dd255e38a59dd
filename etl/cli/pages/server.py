"""Listening: an address of this machine, until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from etl.cli.pages.desk import Desk
from etl.cli.pages.guard import is_loopback
from etl.cli.pages.site import make_site
from etl.errors import ConfigError
from etl.home import Home

GRACE_S = 1


class Listener:
    """A socket that is bound, and the site it will serve."""

    def __init__(self, home: Home, *, host: str, port: int, sql_s: float) -> None:
        """Bind; `port` 0 takes any that is free.

        Raises:
            ConfigError: the address is none of this machine's, or the port is taken.
        """
        self.host = host
        self._socket = _bind(host, port)
        self.port = int(self._socket.getsockname()[1])
        names = () if is_loopback(host) else (socket.gethostname(), socket.getfqdn())
        site = make_site(Desk(home, sql_s=sql_s), bound=host, names=names)
        self.server = uvicorn.Server(
            uvicorn.Config(
                site, log_level="warning", access_log=False, server_header=False, lifespan="on",
                timeout_graceful_shutdown=GRACE_S, timeout_keep_alive=5,
            )
        )  # fmt: skip

    @property
    def url(self) -> str:
        """The address to open: that of this machine where it listens at all of them."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - as given
        bracketed = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return f"http://{bracketed}:{self.port}/"

    def serve(self, *, then: Callable[[], None] = lambda: None) -> None:
        """Serve until stopped; `then` is called once it can be asked, before it is."""
        self._socket.listen()
        then()
        self.server.run(sockets=[self._socket])

    def close(self) -> None:
        """Let the socket go."""
        self._socket.close()


def _bind(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        raise ConfigError(
            f"cannot listen at {host}, port {port}: {error.strerror}; "
            "give another --port (0 takes one that is free) or --host"
        ) from error
    return bound
