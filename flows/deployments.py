"""`newshouse serve`: one scheduler a home, with a Prefect server of its own or the user's."""

from __future__ import annotations

import asyncio
import hashlib
import os
import platform
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

from etl.errors import ConfigError, WarehouseBusyError
from etl.home import Home
from flows.server import await_predecessor, configure, find_address, open_server

NAME = "scheduled"


def serve(
    home: Home,
    *,
    host: str,
    port: int,
    every_s: int | None = None,
    cron: str | None = None,
    maintain_every_s: int = 86400,
    tell: Callable[[str], None],
) -> None:
    """Ingest now and then on a schedule until SIGTERM or SIGINT; leave no process behind.

    Args:
        home: where; its Prefect server keeps its own under `data/prefect`.
        host: address the server listens on.
        port: the server's port, or the next free one.
        every_s: seconds between two starts; or
        cron: when to start, in UTC.
        maintain_every_s: seconds between two maintenances.
        tell: is told, in sentences, where the UI is and what happens.

    Raises:
        ConfigError: the schedule, the host or the folder is wrong.
        WarehouseBusyError: another `serve` runs on this home.
        NewsError: the server did not start.
    """
    with _only_one(home.data / "prefect"), _sigterm_is_interrupt():
        try:
            with _reach_server(home, host=host, port=port, tell=tell) as server:
                # Now, not above: Prefect reads the environment when imported. And while the
                # server starts: both take their time.
                from flows.schedule import (  # noqa: PLC0415
                    make_schedule,
                    make_upkeep_schedule,
                    run_until_stopped,
                )

                # Made here to refuse a bad one early, and again below: the first interval counts
                # from when the server is there, or the second run would meet the first.
                make_schedule(every_s=every_s, cron=cron, now=datetime.now(UTC))
                server.wait()
                schedule = make_schedule(every_s=every_s, cron=cron, now=datetime.now(UTC))
                tell(f"Prefect UI: {server.url}")
                upkeep = make_upkeep_schedule(maintain_every_s)
                asyncio.run(
                    run_until_stopped(
                        home, schedule, upkeep=upkeep, name=server.deployment, tell=tell
                    )
                )
        except KeyboardInterrupt:
            tell("stopped while starting")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    url: str
    deployment: str
    wait: Callable[[], None]


@contextmanager
def _reach_server(
    home: Home, *, host: str, port: int, tell: Callable[[str], None]
) -> Iterator[_Server]:
    """Yield the user's server, where one is configured, or one of the home's own."""
    if theirs := os.environ.get("PREFECT_API_URL"):
        yield _Server(url=theirs, deployment=name_on_shared_server(home), wait=lambda: None)
        return
    folder = home.data / "prefect"
    await_predecessor(folder)
    address = find_address(host, port)
    if address.port != port:
        tell(f"port {port} is taken; using {address.port}")
    configure(folder, address)
    with open_server(folder, address) as wait:
        yield _Server(url=address.url, deployment=NAME, wait=wait)


def name_on_shared_server(home: Home) -> str:
    """Return a deployment name no other home uses: two would start each other's runs."""
    place = f"{platform.node()}:{home.path}"
    return f"{NAME}-{home.path.name}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / "serve.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise WarehouseBusyError("`newshouse serve` already runs on this home") from error
    except OSError as error:
        raise ConfigError(f"cannot write to {folder}: {error.strerror}") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _sigterm_is_interrupt() -> Iterator[None]:
    """Make SIGTERM end the block like Ctrl-C, so that what it opened is closed."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
