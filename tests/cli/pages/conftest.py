"""The site over a small warehouse, served on loopback as `newshouse explore` does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from etl.cli.pages.server import Listener
from etl.home import Home
from tests.cli.newsroom import Newsroom, fill

HOSTILE, HOSTILE_TITLE = (
    "hostilehosti",
    "<script>alert('x')</script> & \"ferry\" <img src=x onerror=y>",
)
HOSTILE_TEXT = (
    'A ferry <b onclick="x()">bold</b> **<i>** </div><script src=//evil.example></script> sails.'
)
STYLED = "javascript:alert(1)//ferry"


@dataclass(frozen=True)
class Answer:
    """What came of a request."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Site:
    """A running site."""

    home: Home
    host: str
    port: int

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.host}:{self.port}"

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask over HTTP; `Host` may be given among the headers."""
        connection = HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            body = answer.read().decode("utf-8")
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, body)
        finally:
            connection.close()


def fill_hostile(room: Newsroom) -> None:
    """Insert the five articles, and one of a publisher who means harm."""
    fill(room)
    room.article(HOSTILE, "An older text.", HOSTILE_TEXT, title=HOSTILE_TITLE, source="evil.test")
    room.insert(
        "core.changes", article_id=HOSTILE, version=2, position=1, field="text", kind="replaced",
        was="<u>old</u> words", now="<s>new</s> words",
    )  # fmt: skip
    room.mention(HOSTILE, 2, "<em>Evil</em>", "ORG", "A ferry")
    room.con.execute("UPDATE core.articles SET url = $1 WHERE article_id = $2", [STYLED, HOSTILE])
    room.con.execute(
        "UPDATE core.versions SET url = $1 WHERE article_id = $2 AND version = 2", [STYLED, HOSTILE]
    )


Serve = Callable[..., Site]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Return a starter of sites, which end with the tests."""
    running: list[tuple[Listener, Thread]] = []

    def start(home: Home, *, host: str = "127.0.0.1", sql_s: float = 30) -> Site:
        listener = Listener(home, host=host, port=0, sql_s=sql_s)
        thread = Thread(target=listener.serve, daemon=True)
        thread.start()
        running.append((listener, thread))
        until = time.monotonic() + 60
        while not listener.server.started:
            assert time.monotonic() < until
            time.sleep(0.02)
        return Site(home, host, listener.port)

    yield start
    for listener, _ in running:
        listener.server.should_exit = True
    for listener, thread in running:
        thread.join(30)
        listener.close()
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Site:
    """Return a site whose warehouse no test changes."""
    path: Path = tmp_path_factory.mktemp("explored")
    room = Newsroom(path / "data")
    fill_hostile(room)
    room.publish()
    return serve(Home(path))


@pytest.fixture
def own_site(site: Site, tmp_path: Path, serve: Serve) -> Site:
    """Return a site over a home of the test's own; its SQL may take a second."""
    shutil.copytree(site.home.path, tmp_path / "own")
    return serve(Home(tmp_path / "own"), sql_s=1)
