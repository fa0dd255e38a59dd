"""Do readers notice that a run is writing? Fifty processes ask while thousands of articles come in.

    python -m benchmarks.readers [--articles 5000] [--base 2000] [--readers 50] [--think-s 5]

A web of invented articles is served on loopback; a home is filled with the first of them. Then
each reader, a process that knows nothing of newshouse, opens `data/news.duckdb` with DuckDB, asks
one of a few usual questions, closes it, and thinks for a while: first with nobody writing, then
through a real `newshouse ingest` of the others that publishes again and again. What counts is the
errors, which must be none, and the 99th percentile of open-ask-close beside that without a run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from etl.demo import DemoServer, Site, load_sites
from etl.demo.sites import DemoArticle
from etl.home import Home
from etl.store.publish import read_manifest

SITES = 50
SEED = 7
NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)


def main() -> None:
    """Measure, print, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--base", type=int, default=2000, help="articles there before")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--think-s", type=float, default=5.0, help="between two questions")
    parser.add_argument("--quiet-s", type=float, default=120.0, help="how long without a run")
    parser.add_argument("--publish-every", default="30s")
    parser.add_argument("--nice", type=int, default=0, help="of the run, its workers included")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/readers.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, DemoServer(make_sites(options)) as server:
        report = measure(Home(Path(name)), server, options)
    options.out.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def measure(home: Home, server: DemoServer, options: argparse.Namespace) -> dict[str, object]:
    """Fill a home, ask with nobody writing, ask through a run, and say how it went."""
    home.catalogue.write_text(
        "".join(f'[[feeds]]\nurl = "{url}"\n' for url, _ in server.feed_urls()), "utf-8"
    )
    ingest(home, server, options)
    print("filled", flush=True)
    server.day = 2
    with read(home, options) as asked:
        time.sleep(options.think_s)  # until each has asked once
        quiet = time.monotonic()
        time.sleep(options.quiet_s)
        began = time.monotonic()
        with count_publications(home) as published_at:
            ingest(home, server, options)
        ended = time.monotonic()
    alone = summarise(asked, quiet, began)
    during = summarise(asked, began, ended)
    return {
        "command": f"python -m benchmarks.readers --articles {options.articles} "
        f"--base {options.base} --readers {options.readers} --think-s {options.think_s:g} "
        f"--nice {options.nice}",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}",
        "articles": count_articles(home),
        "database_mb": round(home.published.stat().st_size / 1e6, 1),
        "ingest_s": round(ended - began, 1),
        "publications": len(published_at),
        "publish_every": options.publish_every,
        "without_a_run": alone,
        "through_a_run": during,
        "errors": alone["errors"] + during["errors"],
        "p99_ratio": round(during["p99_ms"] / alone["p99_ms"], 2),
        "first_errors": [error for _, _, error in asked if error][:3],
    }


def ingest(home: Home, server: DemoServer, options: argparse.Namespace) -> None:
    """Run once, as people do, in a process of its own."""
    environ = {
        "NEWSHOUSE_FETCH__ALLOW_PRIVATE": '["127.0.0.1/32"]',
        "NEWSHOUSE_FETCH__RESOLVE": json.dumps(server.connect_to()),
        "NEWSHOUSE_FETCH__PER_HOST_DELAY_S": "0",
        "NEWSHOUSE_PUBLISH__EVERY": options.publish_every,
    }
    command = [sys.executable, "-m", "etl.cli", "--home", str(home.path), "ingest", "--json"]
    if options.nice:
        command = ["nice", "-n", str(options.nice), *command]
    # Every feed, due or not: both runs are of one day.
    ended = subprocess.run(
        [*command, "--all"], env={**os.environ, **environ}, capture_output=True, check=False
    )
    if ended.returncode != 0:
        sys.exit(f"ingest ended with {ended.returncode}:\n{ended.stderr.decode()[-2000:]}")


Asked = tuple[float, float, str | None]
"""When a question was asked, how many seconds it took, and what went wrong."""


@contextmanager
def read(home: Home, options: argparse.Namespace) -> Iterator[list[Asked]]:
    """Let readers read; what they met is in the list when the block is left."""
    command = [sys.executable, "-m", "benchmarks.reader", str(home.published)]
    readers = [
        subprocess.Popen(
            [*command, str(seed), str(options.think_s)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for seed in range(options.readers)
    ]
    asked: list[Asked] = []
    try:
        for reader in readers:
            assert reader.stdout is not None
            reader.stdout.readline()
        yield asked
    finally:
        for reader in readers:
            assert reader.stdin is not None
            reader.stdin.close()
        for reader in readers:
            assert reader.stdout is not None
            asked += json.loads(reader.stdout.read())
            reader.wait()


@contextmanager
def count_publications(home: Home) -> Iterator[set[str]]:
    """Yield a set that holds the time of each publication when the block is left."""
    over, seen = threading.Event(), set()

    def look() -> None:
        while not over.wait(0.1):
            manifest = read_manifest(home.live)
            seen.add(manifest.published_at if manifest else "")

    manifest = read_manifest(home.live)
    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        time.sleep(0.3)
        over.set()
        watcher.join()
        seen.discard(manifest.published_at if manifest else "")


def summarise(asked: list[Asked], since: float, until: float) -> dict[str, float]:
    """Return how questions begun between two times went."""
    those = [one for one in asked if since <= one[0] < until]
    took = sorted(seconds for _, seconds, error in those if error is None)
    cuts = statistics.quantiles(took, n=100, method="inclusive")
    return {
        "questions": len(those),
        "questions_per_s": round(len(those) / (until - since), 1),
        "errors": sum(error is not None for *_, error in those),
        "p50_ms": round(1000 * statistics.median(took), 1),
        "p95_ms": round(1000 * cuts[94], 1),
        "p99_ms": round(1000 * cuts[98], 1),
        "worst_ms": round(1000 * took[-1], 1),
    }


def count_articles(home: Home) -> int:
    """Return how many articles were published in the end."""
    with duckdb.connect(str(home.published), read_only=True) as con:
        (row,) = con.execute("SELECT count(*) FROM articles").fetchall()
    return int(row[0])


def make_sites(options: argparse.Namespace) -> tuple[Site, ...]:
    """Return sites that have the base on their first day and the rest on the second."""
    chance = random.Random(SEED)
    models = [site for site in load_sites() if site.language == "en" and site.articles]
    words = [word for site in models for each in site.articles for word in each.text.split()]
    serial = iter(range(options.base + options.articles))
    firsts = [1] * options.base + [2] * options.articles
    articles = [make_article(chance, words, next(serial), appears) for appears in firsts]
    return tuple(
        replace(
            models[number % len(models)],
            host=f"paper{number}.test",
            name=f"Paper {number}",
            articles=tuple(articles[number::SITES]),
        )
        for number in range(SITES)
    )


def make_article(chance: random.Random, words: list[str], serial: int, appears: int) -> DemoArticle:
    """Return an article nobody else's resembles, of some 300 to 700 words."""
    paragraphs = [
        " ".join(chance.choices(words, k=chance.randint(40, 80)))
        for _ in range(chance.randint(7, 9))
    ]
    return DemoArticle(
        slug=f"story-{serial}",
        title=f"{' '.join(chance.choices(words, k=7))} {serial}".capitalize(),
        published=NEWEST - timedelta(minutes=7 * serial),
        section="World",
        text="\n\n".join(paragraphs),
        appears=appears,
    )


if __name__ == "__main__":
    main()
