"""What every test may use: a home, a quiet teller, and the demo web ingested once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings

from etl.app import ingest
from etl.catalogue import add
from etl.demo import DemoServer, Site, load_sites
from etl.home import Home
from etl.records import RunSummary, Subscription
from etl.settings import Settings

# Machines are shared and noisy: a property is no measure of speed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED = ("prefect_server", "first_day")
"""What takes long to set up and is then shared: a worker of pytest-xdist runs all tests of one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no two workers set up the same costly fixture; every other test goes to who is free."""
    for item in items:
        for name in SHARED:
            if name in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(name))


class Quiet:
    """A `ports.Progress` that says nothing."""

    def begin(self, what: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, count: int) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class World:
    """A home and the web it reads."""

    home: Home
    server: DemoServer
    settings: Settings

    def ingest(self, *, every: bool = True) -> RunSummary:
        """Run once over every feed."""
        return ingest(self.home, tell=Quiet(), settings=self.settings, every=every)

    def rows(self, sql: str, **parameters: object) -> list[tuple]:
        """Ask the published warehouse."""
        con = duckdb.connect(str(self.home.published), read_only=True)
        try:
            return con.execute(sql, parameters or None).fetchall()
        finally:
            con.close()


def make_world(folder: Path, server: DemoServer, **refine: object) -> World:
    """Return a home in `folder` subscribed to every site of `server`."""
    home = Home(folder)
    folder.mkdir(parents=True, exist_ok=True)
    home.catalogue.write_text("", "utf-8")
    add(home.catalogue, tuple(Subscription(url=u, title=t) for u, t in server.feed_urls()))
    settings = Settings.model_validate(
        {
            "fetch": {
                "resolve": server.connect_to(),
                "allow_private": ["127.0.0.1/32"],
                "per_host_delay_s": 0,
            },
            "refine": {"workers": 2, **refine},
        }
    )
    return World(home=home, server=server, settings=settings)


@pytest.fixture(scope="session")
def few_sites() -> tuple[Site, ...]:
    """Five demo sites: a wire, a copier, one with repeats, one gone, one broken."""
    wanted = {
        "northern-wire.test", "prairie-post.test", "harbour-gazette.test", "elbe-bote.test",
        "gone-courier.test", "broken-bulletin.test",
    }  # fmt: skip
    return tuple(site for site in load_sites() if site.host in wanted)


@pytest.fixture(scope="session")
def first_day(
    tmp_path_factory: pytest.TempPathFactory, few_sites: tuple[Site, ...]
) -> Iterator[World]:
    """A world ingested once, on its first day; tests copy it and never change it."""
    with DemoServer(few_sites) as server:
        world = make_world(tmp_path_factory.mktemp("first-day"), server)
        world.ingest()
        yield world


@pytest.fixture
def world(first_day: World, tmp_path: Path) -> Iterator[World]:
    """A copy of the ingested world that a test may go on with."""
    shutil.copytree(first_day.home.path, tmp_path / "home")
    yield World(home=Home(tmp_path / "home"), server=first_day.server, settings=first_day.settings)
    first_day.server.day = 1
