"""Replay and rebuild of archived pages without a network, beside refining them and nothing else.

    python -m benchmarks.replay [--web ../shared/captured_web] [--pages 10000] [--rounds 1]

A home is filled with that many pages through the pipeline itself (a fetcher that reads files takes
the web's place). Then, in processes that cannot open a socket: the pages are refined and dropped,
`newshouse replay` is timed beside it, and `newshouse rebuild` is run with 1, 2 and 4 workers, each
content hash compared with the live warehouse's. Writes benchmarks/results/replay.json.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from etl import pipeline
from etl.app import (
    open_workers,
    read_clock,
    refine_options,
    revisit_rules,
    schedule_rules,
)
from etl.archive import WarcArchive
from etl.cli.progress import Lines
from etl.demo import load_sites
from etl.demo.web import DemoWeb
from etl.derivation import name_derivation
from etl.home import Home
from etl.records import (
    Answer,
    Body,
    Exchange,
    HostMemory,
    Request,
    Run,
    Subscription,
    make_id,
)
from etl.renewal.scope import Scope, choose_sightings
from etl.settings import load_settings
from etl.store.writer import Warehouse
from tests.offline import offline_environment

RESULTS = Path(__file__).parent / "results" / "replay.json"
FEED = "https://pages.test/feed"
WORKERS = (1, 2, 4)

REFINE_ONLY = """
import sys, time
from pathlib import Path
from etl.app import open_workers
from etl.batches import one_ahead
from etl.home import Home
from etl.renewal.scope import Scope, choose_sightings
from etl.replay import begin_again, collect_again
from etl.settings import load_settings

if __name__ == "__main__":
    home = Home(Path(sys.argv[1]))
    sightings = choose_sightings(home.published, Scope())
    with open_workers(home.archive, load_settings(home.path)) as refiner:
        chunks = (sightings[at : at + 500] for at in range(0, len(sightings), 500))
        for begun in one_ahead(begin_again(refiner, chunk) for chunk in chunks):
            for _ in collect_again(refiner, begun):
                pass
"""


class Files:
    """Implements `ports.Fetcher` with a feed of `count` items and pages that lie on this disk.

    A page asked for again and again is another one each time: its address, where it names it, has
    the item's number.
    """

    def __init__(self, pages: dict[str, bytes], count: int, *, now: datetime) -> None:
        urls = sorted(pages)
        self._pages = pages
        self._items = {f"{urls[n % len(urls)]}-{n}": urls[n % len(urls)] for n in range(count)}
        self._now = now

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Yield the feed, or the page an address stands for."""
        for request in requests:
            is_feed = request.kind == "feed"
            content = self._feed() if is_feed else self._page(request.url)
            headers = (("content-type", "application/rss+xml" if is_feed else "text/html"),)
            body = Body(
                url=request.url, final_url=request.url, status=200, headers=headers,
                content=content, fetched_at=self._now,
            )  # fmt: skip
            asked = Exchange(
                fetch_id=make_id(request.url), kind=request.kind, url=request.url,
                final_url=request.url, status=200, outcome="ok", error=None, started_at=self._now,
                elapsed_ms=0, received_bytes=len(content),
            )  # fmt: skip
            yield Answer(request=request, result=body, exchanges=(asked,))

    def recall(self, memory: HostMemory) -> None:
        """Nothing is known of hosts."""

    def memory(self) -> HostMemory:
        """Nothing was learned."""
        return HostMemory()

    def _page(self, url: str) -> bytes:
        own = self._items[url]
        return self._pages[own].replace(own.encode(), url.encode())

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><title>Item {n}</title><link>{escape(url)}</link></item>"
            for n, url in enumerate(self._items)
        )
        return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


def read_pages(web: Path) -> dict[str, bytes]:
    """Return the captured pages by their URL, or those of the demo where there are none."""
    if (web / "index.jsonl").exists():
        listed = [json.loads(line) for line in (web / "index.jsonl").open(encoding="utf-8")]
        return {
            one["url"]: gzip.decompress((web / "pages" / f"{one['id']}.html.gz").read_bytes())
            for one in listed
        }
    sys.stderr.write(f"{web} is not here: the demo's pages are used\n")
    demo = DemoWeb(load_sites())
    return {
        f"https://{site.host}{article.path}": demo.answer(site.host, article.path, 1, {}).body
        for site in demo.sites
        for article in site.articles
    }


def fill(home: Home, pages: dict[str, bytes], count: int) -> float:
    """Ingest `count` pages into a new home and return the seconds it took."""
    settings = load_settings(home.path)
    began = time.monotonic()
    run = Run(
        run_id="benchmark", flow="ingest", now=read_clock(),
        derivation=name_derivation(refine_options(settings)),
    )  # fmt: skip
    store = Warehouse(home.data, clock=read_clock)
    with open_workers(home.archive, settings) as refiner:
        house = pipeline.House(
            fetcher=Files(pages, count, now=run.now),
            archive=WarcArchive(home.archive, run_id=run.run_id, now=run.now),
            refiner=refiner,
            store=store,
            subscriptions=(Subscription(url=FEED),),
            schedule=schedule_rules(settings),
            revisits=revisit_rules(settings),
        )
        pipeline.ingest(house, run=run, tell=Lines(), every=True)
    store.close()
    return time.monotonic() - began


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, str]:
    """Run a command and return its wall seconds and its stdout."""
    began = time.monotonic()
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return time.monotonic() - began, done.stdout


def measure(home: Home, folder: Path, rounds: int) -> dict[str, Any]:
    """Return the seconds of refining alone and of replay, and each rebuild's seconds and hash."""
    offline = offline_environment(folder / "offline")
    script = folder / "refine_only.py"
    script.write_text(REFINE_ONLY, "utf-8")
    newshouse = [sys.executable, "-m", "etl.cli", "--home", str(home.path)]
    alone, replayed = [], []
    for _ in range(rounds):
        alone.append(timed([sys.executable, str(script), str(home.path)], offline)[0])
        replayed.append(timed([*newshouse, "replay", "--json"], offline)[0])
    hashed = [*newshouse, "verify", "--content-hash", "--json"]
    told = json.loads(timed(hashed, offline)[1])
    live = told["content_hash"], told["history_hash"]
    rebuilt = []
    for workers in WORKERS:
        environment = offline | {"NEWSHOUSE_REFINE__WORKERS": str(workers)}
        seconds, out = timed([*newshouse, "rebuild", "--json"], environment)
        made = json.loads(out)["content"]
        same = (made["content"], made["history"]) == live
        rebuilt.append({"workers": workers, "seconds": round(seconds, 1), "same_hash": same})
    return {
        "refine_only_s": [round(value, 1) for value in alone],
        "replay_s": [round(value, 1) for value in replayed],
        "replay_over_refine": round(statistics.median(replayed) / statistics.median(alone), 3),
        "rebuilds": rebuilt,
    }


def main() -> None:
    """Fill a home, measure, print and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--web", type=Path, default=Path("../shared/captured_web"))
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Home(Path(name) / "home")
        home.path.mkdir()
        ingest_s = fill(home, read_pages(wanted.web), wanted.pages)
        found = {
            "command": "python -m benchmarks.replay " + " ".join(sys.argv[1:]),
            "machine": f"{os.cpu_count()} cores, {platform.platform()}",
            "pages": len(choose_sightings(home.published, Scope())),
            "ingest_s": round(ingest_s, 1),
            **measure(home, Path(name), wanted.rounds),
        }
    text = json.dumps(found, indent=2)
    RESULTS.write_text(text + "\n", "utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
