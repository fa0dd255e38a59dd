"""Unchanged feeds polled a second by one process, beside the loop people write.

    python -m benchmarks.polling [--feeds 20000] [--hosts 20000] [--rounds 3] [--costs]

Every feed answers 304 to its validators. Both are whole commands over the same loopback hosts, in
turn, in the same run: `newshouse ingest --all` on a warehouse that holds all feeds and their
entries, interpreter start to published snapshot, under default settings (but that the hosts,
being loopback, are allowed); and `naive_poller`, which keeps validators and nothing else. The
first poll, which reads every feed whole, comes before and is reported beside. A figure counts only
if the server saw the 304s: it is asked. With --costs, one more run says where the CPU goes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.many_feeds import LAST_MODIFIED, etag_of

PORT = 8878
MOST_HOSTS = 256 * 250
ENVIRON = {**os.environ, "NEWSHOUSE_FETCH__ALLOW_PRIVATE": '["127.77.0.0/16"]'}
# Linux counts ru_maxrss in KiB, macOS in bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One whole command over `feeds` feeds: seconds, peak memory, and the JSON it printed."""

    feeds: int
    wall_s: float
    cpu_s: float
    peak_mb: float
    load: float
    said: dict[str, Any]

    @property
    def per_s(self) -> float:
        """Feeds per wall second."""
        return self.feeds / self.wall_s


def measure(command: Sequence[str], *, feeds: int) -> Measured:
    """Run a command to its end and return what it took.

    CPU and memory are the kernel's own count for the process and the children it waited for; a
    poll of unchanged feeds starts none.
    """
    load = os.getloadavg()[0]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        child = subprocess.Popen(command, env=ENVIRON, stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        wall_s = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode != 0:
            sys.exit(f"{command} failed:\n{err.read().decode()}")
        said = json.loads(out.read().splitlines()[-1])
    return Measured(
        feeds=feeds, wall_s=wall_s, cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss * RSS_UNIT / 1e6, load=load, said=said,
    )  # fmt: skip


def feed_urls(feeds: int, hosts: int) -> list[str]:
    """Return addresses of `feeds` feeds, spread evenly over `hosts` hosts of 127.77.0.0/16."""
    names = [f"127.77.{host // 250}.{host % 250 + 1}:{PORT}" for host in range(hosts)]
    return [f"http://{names[feed % hosts]}/feed-{feed // hosts}.xml" for feed in range(feeds)]


@contextmanager
def serving(entries: int) -> Iterator[None]:
    """Serve many feeds for the length of the `with`."""
    command = [sys.executable, "-m", "benchmarks.many_feeds"]
    server = subprocess.Popen(
        [*command, "--port", str(PORT), "--entries", str(entries)], stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    if not server.stdout.readline():
        sys.exit("the feeds could not be served")
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def ask_server() -> tuple[int, float]:
    """Return how many 304s the server gave so far, and the CPU seconds it has used."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/counts") as answer:
        counts = json.load(answer)
    return counts["answers"].get("304", 0), counts["cpu_s"]


def measure_unchanged(command: Sequence[str], *, feeds: int) -> Measured:
    """Measure a command that must find every feed unchanged, as it and the server both say."""
    before, _ = ask_server()
    measured = measure(command, feeds=feeds)
    answered = ask_server()[0] - before
    if measured.said["feeds_unchanged"] != feeds or answered < feeds:
        sys.exit(f"{feeds} feeds, {answered} answers 304, and it says {measured.said}")
    return measured


class Bench:
    """A home and a state file with the same feeds in them, and the commands that poll them."""

    def __init__(self, folder: Path, urls: Sequence[str]) -> None:
        self.home, self._state, self._urls = folder / "home", folder / "state.json", urls
        self._newshouse = [sys.executable, "-m", "etl.cli", "--home", str(self.home)]

    def set_up(self) -> Measured:
        """Subscribe, poll for the first time, and return what the first poll took."""
        self.home.mkdir()
        (self.home / "feeds.toml").write_text("")
        listed = self.home / "urls.txt"
        listed.write_text("\n".join(self._urls))
        command = [*self._newshouse, "feeds", "import", str(listed)]
        subprocess.run(command, check=True, capture_output=True, env=ENVIRON)
        known = {url: _validators(url) for url in self._urls}
        self._state.write_text(json.dumps(known))
        return measure([*self._newshouse, "ingest", "--all", "--json"], feeds=len(self._urls))

    def poll(self) -> Measured:
        """Poll with newshouse."""
        command = [*self._newshouse, "ingest", "--all", "--json"]
        return measure_unchanged(command, feeds=len(self._urls))

    def poll_naively(self) -> Measured:
        """Poll with the loop people write."""
        command = [sys.executable, "-m", "benchmarks.naive_poller", str(self._state)]
        return measure_unchanged(command, feeds=len(self._urls))

    def costs(self) -> dict[str, float]:
        """Return where the CPU seconds of one run go."""
        command = [sys.executable, "-m", "benchmarks.poll_costs", str(self.home)]
        return measure(command, feeds=len(self._urls)).said


def _validators(url: str) -> dict[str, str]:
    host, _, path = url.removeprefix("http://").partition("/")
    return {"If-None-Match": etag_of(host, f"/{path}"), "If-Modified-Since": LAST_MODIFIED}


def main() -> None:
    """Measure, print, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=20_000)
    parser.add_argument("--hosts", type=int, default=None, help="default: one a feed")
    parser.add_argument("--entries", type=int, default=20, help="in each feed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--costs", action="store_true", help="say where the CPU goes, too")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/polling.json"))
    options = parser.parse_args()
    hosts = options.hosts or options.feeds
    if not 0 < hosts <= MOST_HOSTS:
        sys.exit(f"--hosts: 1 to {MOST_HOSTS}")
    with tempfile.TemporaryDirectory() as name, serving(options.entries):
        bench = Bench(Path(name), feed_urls(options.feeds, hosts))
        first = bench.set_up()
        print(f"first poll {first.per_s:5.0f} feeds/s  {first.peak_mb:4.0f} MB", flush=True)
        (_, server_before_s), ours, theirs = ask_server(), list[Measured](), list[Measured]()
        for _ in range(options.rounds):
            ours.append(_told("newshouse ", bench.poll()))
            theirs.append(_told("naive loop", bench.poll_naively()))
        server_s = (ask_server()[1] - server_before_s) / (2 * options.rounds)
        costs = bench.costs() if options.costs else None
    report = {
        "command": " ".join(["python -m benchmarks.polling", *sys.argv[1:]]),
        "machine": f"{len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}, server on the same cores",
        "feeds": options.feeds,
        "hosts": hosts,
        "entries_per_feed": options.entries,
        "newshouse": _summary(ours),
        "naive_loop": _summary(theirs),
        "ratio_by_round": [_ratio(*pair) for pair in zip(ours, theirs, strict=True)],
        "ratio_median": round(statistics.median(map(_ratio, ours, theirs)), 2),
        "first_poll": {
            "feeds_per_s": round(first.per_s, 1),
            "wall_s": round(first.wall_s, 1),
            "peak_mb": round(first.peak_mb, 1),
            "entries_seen": first.said["entries_seen"],
        },
        "server_cpu_s_per_run": round(server_s, 1),
        "cpu_s_by_stage": costs,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def _told(name: str, run: Measured) -> Measured:
    print(
        f"{name} {run.per_s:5.0f} feeds/s  {run.wall_s:5.1f} s wall  {run.cpu_s:5.1f} s CPU  "
        f"{run.peak_mb:4.0f} MB  (load before: {run.load:.1f})",
        flush=True,
    )
    return run


def _ratio(mine: Measured, other: Measured) -> float:
    return round(mine.per_s / other.per_s, 2)


def _summary(runs: Sequence[Measured]) -> dict[str, Any]:
    return {
        "feeds_per_s": round(statistics.median(run.per_s for run in runs), 1),
        "feeds_per_s_by_round": [round(run.per_s, 1) for run in runs],
        "wall_s": round(statistics.median(run.wall_s for run in runs), 2),
        "cpu_s": round(statistics.median(run.cpu_s for run in runs), 2),
        "cpu_ms_per_feed": round(
            statistics.median(1000 * run.cpu_s / run.feeds for run in runs), 2
        ),
        "peak_mb": round(max(run.peak_mb for run in runs), 1),
        "load_before_by_round": [round(run.load, 1) for run in runs],
    }


if __name__ == "__main__":
    main()
