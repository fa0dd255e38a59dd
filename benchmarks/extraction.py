"""How fast pages become articles, and whether the memory of a worker stays flat.

    uv run python -m benchmarks.extraction ../shared [--pages 20000]

Pages with gold text, over and over, through `extract_article` with all its metadata, in two
processes. Times are CPU time of the process, so that a busy machine tells the same; "pages_per_s"
is what two cores make of that. Memory is the resident size of each worker as it goes on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import multiprocessing
import platform
import statistics
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.errors import ExtractError
from etl.extract import ExtractOptions, extract_article
from etl.records import Page, PageRef, Validators
from evals.extraction.sets import SETS, read_set

PROCESSES = 2
MARKS = 10


def read_pages(shared: Path) -> list[Page]:
    """Return all pages of the labelled sets."""
    return [
        _page_of(gzip.decompress(page.path.read_bytes()), page.gold["url"])
        for name in SETS
        for page in read_set(shared, name)
    ]


def _page_of(body: bytes, url: str) -> Page:
    ref = PageRef(
        page_id="", kind="page", url=url, final_url=url, status=200,
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC), sha256="", body_bytes=len(body), content_type="text/html", charset=None,
        validators=Validators(), warc_file="", warc_offset=0, warc_length=0,
    )  # fmt: skip
    return Page(ref=ref, headers=(), body=body)


def work(task: tuple[Path, int]) -> tuple[list[float], list[int]]:
    """Return the CPU seconds of each of so many pages, and the resident bytes now and then."""
    logging.disable(logging.CRITICAL)
    shared, count = task
    pages = read_pages(shared)
    for page in pages[:: len(pages) // MARKS]:  # parsers load what they need at the first pages
        extract_article(page, options=ExtractOptions())
    seconds, sizes = [], []
    for number in range(count):
        began = time.process_time()
        with suppress(ExtractError):
            extract_article(pages[number % len(pages)], options=ExtractOptions())
        seconds.append(time.process_time() - began)
        if number % max(1, count // MARKS) == 0:
            sizes.append(_resident_bytes())
    return seconds, sizes


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


def summarize(made: list[tuple[list[float], list[int]]]) -> dict[str, Any]:
    """Return the figures of all workers."""
    seconds = sorted(one for times, _ in made for one in times)
    rates = [len(times) / sum(times) for times, _ in made]
    return {
        "pages": len(seconds),
        "processes": len(made),
        "pages_per_s": round(sum(rates), 1),
        "cpu_ms": {
            "mean": round(1e3 * statistics.mean(seconds), 1),
            "p50": round(1e3 * seconds[len(seconds) // 2], 1),
            "p95": round(1e3 * seconds[int(0.95 * len(seconds))], 1),
            "max": round(1e3 * seconds[-1], 1),
        },
        "resident_mb_as_it_went": [[round(size / 1e6) for size in sizes] for _, sizes in made],
    }


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/extraction.json"))
    options = parser.parse_args()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        made = pool.map(work, [(options.shared, options.pages // PROCESSES)] * PROCESSES)
    told = {
        "command": "python -m benchmarks.extraction " + " ".join(sys.argv[1:]),
        "python": platform.python_version(),
    }
    results = told | summarize(made)
    print(json.dumps(results))
    options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
