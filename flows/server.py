"""A Prefect server of a home's own: started, waited for and stopped; it never outlives us.

Does not import Prefect, which reads its environment once, when imported: `configure` comes first.
"""

from __future__ import annotations

import http.client
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import ConfigError, NewsError

PORTS_TRIED = 20
START_WITHIN_S = 180
STOP_WITHIN_S = 10

OURS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}
"""What is never left to the user's environment: nothing is sent anywhere."""

DEFAULTS = {
    # One by one the recorder spends four times the CPU a task.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    # A killed run holds its slot for as long as its lease; the default is five minutes.
    "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "60",
    # A run each 15 minutes is 35,000 a year; by default they are kept for good.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 86400),
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    # Only the console: the UI still gets a run's own log.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR",
}
"""What the user's environment may override."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens, and where it is reached from this machine."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The UI; the API is under `/api`."""
        return f"http://{f'[{self.reached}]' if ':' in self.reached else self.reached}:{self.port}"

    @property
    def reached(self) -> str:
        """The host to connect to: a wildcard is listened on, not connected to."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104 - read, not bound


def find_address(host: str, port: int) -> Address:
    """Return the first free port from `port` on.

    Raises:
        ConfigError: `host` is none of this machine's addresses, or no port is free.
    """
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        if _is_free(host, candidate):
            return Address(host, candidate)
    raise ConfigError(
        f"serve.host {host!r}: no free port in {port} to {port + PORTS_TRIED - 1}, or the host is "
        "no address of this machine"
    )


def _is_free(host: str, port: int) -> bool:
    try:
        family, kind, proto, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError:
        return False
    return True


def configure(folder: Path, address: Address) -> None:
    """Point Prefect, not imported yet, at a server of `folder` instead of at the user's own."""
    # It would name a profile in the user's folder, which ours does not have.
    os.environ.pop("PREFECT_PROFILE", None)
    os.environ.update(OURS)
    os.environ.update(PREFECT_HOME=str(folder), PREFECT_API_URL=f"{address.url}/api")
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)


@contextmanager
def open_server(folder: Path, address: Address) -> Iterator[Callable[[], None]]:
    """Run a configured server for as long as the block, or this process, lasts.

    Yields a function that returns when the server answers, and raises `NewsError`, which names
    its log, if it does not.
    """
    log = folder / "server.log"
    with log.open("ab") as output:
        # Its standard input is a pipe that closes when we are gone, however we went. A session of
        # its own, so that Ctrl-C does not take it from under the run that is being ended.
        child = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "flows.server", address.host, str(address.port)],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield partial(_wait_until_healthy, child, address, log)
    finally:
        assert child.stdin is not None
        child.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            child.wait(STOP_WITHIN_S + 5)
        child.kill()
        child.wait()


def _wait_until_healthy(child: subprocess.Popen[bytes], address: Address, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise NewsError(f"the Prefect server ended as it started; see {log}")
        if _is_healthy(address):
            return
        time.sleep(0.3)
    raise NewsError(f"the Prefect server did not answer within {START_WITHIN_S} s; see {log}")


def _is_healthy(address: Address) -> bool:
    # Not urllib: a proxy of the environment would be asked for our own loopback.
    connection = http.client.HTTPConnection(address.reached, address.port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def await_predecessor(folder: Path) -> None:
    """Return when no server of `folder` runs any more: one that lost its parent is leaving.

    It is killed if it does not: two servers must not write one database.
    """
    lock = FileLock(folder / "server.lock")
    try:
        lock.acquire(timeout=STOP_WITHIN_S + 5)
    except Timeout:
        # The lock is held, so this is the process that wrote its number, not a later namesake.
        os.kill(int((folder / "newshouse-server.pid").read_text()), signal.SIGKILL)
        lock.acquire(timeout=STOP_WITHIN_S)
    lock.release()


def _run(host: str, port: str) -> None:
    """Be the server: under the folder's lock, until standard input closes."""
    folder = Path(os.environ["PREFECT_HOME"])
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with FileLock(folder / "server.lock", timeout=STOP_WITHIN_S):
        (folder / "newshouse-server.pid").write_text(str(os.getpid()))
        sys.argv = ["prefect", "server", "start", "--host", host, "--port", port]
        runpy.run_module("prefect", run_name="__main__", alter_sys=True)


def _leave_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN_S)
    # It waits for open connections, such as a browser's, without end.
    os._exit(0)


if __name__ == "__main__":
    _run(*sys.argv[1:])
