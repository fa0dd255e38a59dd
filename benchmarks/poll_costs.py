"""CPU seconds of one run by what they go to: the fetching thread, each port call, each step.

    python -m benchmarks.poll_costs HOME

Runs `newshouse ingest --all` in this process, with a clock around every call of the store and of
the archive and around every step; what a step spends in a port is the port's. DuckDB's own
threads are what is left of the process's time.
"""

from __future__ import annotations

import functools
import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl import app, ports
from etl.archive import WarcArchive
from etl.cli.progress import show_progress
from etl.home import Home
from etl.net import WebFetcher
from etl.store.writer import Warehouse

FETCH_THREAD = "newshouse-fetch"


class Clocks:
    """CPU seconds of this thread by name; a call inside another is taken out of the outer one."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def time(self, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Return what `function` returns, its cost noted under `name`."""
        self._inner.append(0.0)
        began = time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            whole = time.thread_time() - began
            self.spent[name] += whole - self._inner.pop()
            self._inner[-1] += whole

    def watch(self, owner: Any, name: str, label: str) -> None:
        """Time every call of `owner.name`."""
        function = getattr(owner, name)

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            return self.time(label, function, *args, **kwargs)

        setattr(owner, name, timed)

    def watch_port(self, owner: type, port: type) -> None:
        """Time every method that `port` names."""
        for name in (name for name in vars(port) if not name.startswith("_")):
            self.watch(owner, name, f"{port.__name__}.{name}")

    def watch_fetching(self) -> None:
        """Note what the fetcher's own thread has spent when the fetcher is closed."""
        close = WebFetcher.close

        def noting(fetcher: WebFetcher) -> None:
            for thread in threading.enumerate():
                if thread.name == FETCH_THREAD and thread.ident is not None:
                    clock = time.pthread_getcpuclockid(thread.ident)
                    self.spent["fetching thread"] += time.clock_gettime(clock)
            close(fetcher)

        WebFetcher.close = noting  # type: ignore[method-assign,assignment]


def time_run(home: Home) -> dict[str, float]:
    """Return CPU seconds by name, dearest first, of one run over all feeds of `home`."""
    clocks = Clocks()
    clocks.spent["start and imports"] = time.process_time()
    clocks.watch_port(Warehouse, ports.Store)
    clocks.watch_port(WarcArchive, ports.Archive)
    clocks.watch(app, "read_catalogue", "read feeds.toml")
    clocks.watch(app, "Warehouse", "open warehouse")
    clocks.watch_fetching()
    with show_progress() as tell:
        clocks.time("the rest", app.ingest, home, tell=tell, every=True, step=clocks.time)
    clocks.spent["DuckDB's threads"] = time.process_time() - sum(clocks.spent.values())
    dearest = sorted(clocks.spent.items(), key=lambda item: -item[1])
    return {name: round(spent, 2) for name, spent in dearest if spent >= 0.005}


if __name__ == "__main__":
    print(json.dumps(time_run(Home(Path(sys.argv[1])))))
