"""Articles per second from first poll to published rows, beside the script people write.

    python -m benchmarks.end_to_end [--web ../shared/captured_web] [--copies 4] [--rounds 3]

Both are whole commands over the same loopback sites in the same run, taken in turn; the ratio of
the medians is what counts, since machines are shared and noisy. Then the CPU seconds an article
costs, by stage, and the peak memory of the process tree.
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
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

PORT = 8877
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Measured:
    """One whole command: wall and CPU seconds, peak tree memory, articles stored."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    articles: int

    @property
    def per_s(self) -> float:
        """Articles per wall second."""
        return self.articles / self.wall_s


class Tree:
    """What a process and its descendants use, by looking at them twice a second.

    Not getrusage: workers forked by a fork server are not waited for by us.
    """

    def __init__(self, root: int) -> None:
        self.root = root
        self.peak_mb = 0.0
        self._cpu_s: dict[int, float] = {}

    @property
    def cpu_s(self) -> float:
        """CPU seconds seen so far."""
        return sum(self._cpu_s.values())

    def look(self) -> None:
        """Take memory and CPU time of every process of the tree."""
        listing = subprocess.run(
            ["ps", "-eo", "pid=,ppid=,rss=,cputimes="], capture_output=True, text=True, check=True
        ).stdout
        rows = [tuple(map(int, line.split())) for line in listing.splitlines()]
        family = {self.root}
        for _ in range(5):
            family |= {pid for pid, parent, *_ in rows if parent in family}
        mine = [(pid, rss, cpu) for pid, _, rss, cpu in rows if pid in family]
        self.peak_mb = max(self.peak_mb, sum(rss for _, rss, _ in mine) / 1024)
        self._cpu_s |= {pid: float(cpu) for pid, _, cpu in mine}


def measure(command: list[str], environ: dict[str, str], count: Path, query: str) -> Measured:
    """Run a command to its end and return what it took."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command, env={**os.environ, **environ}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    tree = Tree(child.pid)
    watcher = threading.Thread(target=_watch, args=[child, tree])
    watcher.start()
    output, _ = child.communicate()
    wall_s = time.perf_counter() - started
    watcher.join()
    if child.returncode != 0:
        sys.exit(f"{command} failed:\n{output.decode()}")
    con = duckdb.connect(str(count), read_only=True)
    (articles,) = con.execute(query).fetchone() or (0,)
    con.close()
    return Measured(wall_s, tree.cpu_s, tree.peak_mb, articles)


def _watch(child: subprocess.Popen[bytes], tree: Tree) -> None:
    while child.poll() is None:
        tree.look()
        time.sleep(0.5)


def measure_newshouse(folder: Path, opml: Path) -> Measured:
    """Ingest into a new home."""
    home = folder / "home"
    environ = {
        "NEWSHOUSE_FETCH__ALLOW_PRIVATE": '["127.77.0.0/16"]',
        "NEWSHOUSE_FETCH__PER_HOST_DELAY_S": "0",
    }
    home.mkdir()
    base = [PYTHON, "-m", "etl.cli", "--home", str(home)]
    (home / "feeds.toml").write_text("")
    subprocess.run([*base, "feeds", "import", str(opml)], check=True, capture_output=True)
    query = "SELECT count(*) FROM articles"
    return measure([*base, "ingest", "--json"], environ, home / "data" / "news.duckdb", query)


def measure_naive(folder: Path, urls: Path) -> Measured:
    """Run the script people write."""
    out = folder / "naive.duckdb"
    command = [PYTHON, "-m", "benchmarks.naive_script", str(urls), str(out)]
    query = "SELECT count(*) FROM articles WHERE text IS NOT NULL"
    return measure(command, {}, out, query)


def stage_costs(home: Path) -> dict[str, float]:
    """Return CPU milliseconds a page by stage, from re-refining one page in four in-process."""
    from benchmarks.stages import time_stages  # noqa: PLC0415 - parsers load after the timing

    return time_stages(home)


def main() -> None:
    """Measure, print, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--web", type=Path, default=Path("../shared/captured_web"))
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/end_to_end.json"))
    options = parser.parse_args()
    if not (options.web / "serve.py").exists():
        sys.exit(f"no captured web at {options.web}; give --web FOLDER with serve.py and pages/")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opml, urls = folder / "feeds.opml", folder / "urls.txt"
        server = subprocess.Popen(
            [PYTHON, str(options.web / "serve.py"), "--port", str(PORT), "--opml", str(opml),
             "--urls", str(urls), "--copies", str(options.copies)],
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert server.stdout is not None
        sites = server.stdout.readline().decode().split(";")[0]
        try:
            ours, theirs, costs = _rounds(folder, opml, urls, options.rounds)
        finally:
            server.terminate()
            server.wait()
    report = _report(ours, theirs, costs, sites, options)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def _rounds(
    folder: Path, opml: Path, urls: Path, rounds: int
) -> tuple[list[Measured], list[Measured], dict[str, float]]:
    ours: list[Measured] = []
    theirs: list[Measured] = []
    costs: dict[str, float] = {}
    for round_ in range(rounds):
        here = folder / str(round_)
        here.mkdir()
        ours.append(measure_newshouse(here, opml))
        print(f"newshouse {ours[-1].per_s:.1f} articles/s", flush=True)
        theirs.append(measure_naive(here, urls))
        print(f"script    {theirs[-1].per_s:.1f} articles/s", flush=True)
        costs = costs or stage_costs(here / "home")
    return ours, theirs, costs


def _report(
    ours: list[Measured],
    theirs: list[Measured],
    costs: dict[str, float],
    sites: str,
    options: argparse.Namespace,
) -> dict[str, object]:
    def summary(runs: list[Measured]) -> dict[str, float]:
        return {
            "articles": runs[0].articles,
            "articles_per_s": round(statistics.median(run.per_s for run in runs), 2),
            "wall_s": round(statistics.median(run.wall_s for run in runs), 2),
            "cpu_ms_per_article": round(
                1000 * statistics.median(run.cpu_s / run.articles for run in runs), 1
            ),
            "peak_tree_mb": round(max(run.peak_mb for run in runs), 1),
        }

    ratios = [mine.per_s / other.per_s for mine, other in zip(ours, theirs, strict=True)]
    return {
        "command": f"python -m benchmarks.end_to_end --copies {options.copies} "
        f"--rounds {options.rounds}",
        "web": sites,
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}",
        "newshouse": summary(ours),
        "script": summary(theirs),
        "ratio_by_round": [round(ratio, 2) for ratio in ratios],
        "ratio_median": round(statistics.median(ratios), 2),
        "cpu_ms_per_page_by_stage": costs,
    }


if __name__ == "__main__":
    main()
