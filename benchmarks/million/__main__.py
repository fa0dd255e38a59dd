"""A warehouse of synthetic articles, text included: loaded, published, asked; sizes and times.

    python -m benchmarks.million [--articles 1000000] [--folder DIR] [--keep] [--out FILE]

What is made (some 25 KB an article at its most) lies under DIR, the system's temporary folder
unless given, and is gone afterwards; with --keep the staged pages stay, and are used again by the
next one that is asked for as many. Each stage is a process of its own, so that its memory is its
own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.million.generate import generate_part, make_world
from benchmarks.million.steps import Steps

BATCHES = "batches.json"
SMALL_BATCH = 500
PARTS = 2
"""Processes that generate."""


def main() -> None:
    """Generate, load, copy plainly, ask, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=25_000, help="new articles a run")
    parser.add_argument("--folder", type=Path, help="where to work; some 25 GB for a million")
    parser.add_argument("--keep", action="store_true", help="keep staged pages in --folder")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/million.json"))
    options = parser.parse_args()
    if options.keep and not options.folder:
        parser.error("--keep wants a --folder to keep them in")
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="million-") as name:
        folder = Path(name)
        staged = options.folder / f"staged-{options.articles}" if options.keep else folder
        making = Steps()
        if not (staged / BATCHES).exists():
            staged.mkdir(exist_ok=True)
            with making.timed("generate"):
                _generate(staged, options.articles, options.batch)
        loaded = _call("load", folder, staged)
        if not options.keep:
            for path in staged.glob("*.parquet"):
                path.unlink()
        asked = _call("ask", folder)
        (folder / "home" / "news.duckdb").unlink()
        plain = _call("plain", folder)
    report = {
        "command": f"python -m benchmarks.million --articles {options.articles} "
        f"--batch {options.batch}",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}",
        "load_average_before_and_after": [round(load_before, 1), round(os.getloadavg()[0], 1)],
        "articles": options.articles,
        **_compare(loaded, plain),
        **making.summary(),
        "load": loaded,
        "plain_copy": plain,
        "ask": asked,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


def _generate(folder: Path, articles: int, size: int) -> None:
    make_world(folder)
    with ProcessPoolExecutor(PARTS, get_context("spawn")) as pool:
        parts = [
            pool.submit(
                generate_part, folder, articles=articles, size=size, last_size=SMALL_BATCH,
                part=part, parts=PARTS,
            )
            for part in range(PARTS)
        ]  # fmt: skip
        batches = [asdict(batch) for part in parts for batch in part.result()]
    batches.sort(key=lambda batch: str(batch["run_id"]))
    (folder / BATCHES).write_text(json.dumps(batches, default=str), "utf-8")


def _call(stage: str, *folders: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.million.{stage}", *map(str, folders)],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _compare(loaded: dict[str, Any], plain: dict[str, Any]) -> dict[str, Any]:
    """Return rows a second of both ways, and how many times as long ours takes."""
    rows, ours = plain["rows"], loaded["bulk"]["all"]
    return {
        "rows": rows,
        "newshouse_rows_per_s": round(rows / ours["wall_s"]),
        "plain_rows_per_s": round(rows / plain["wall_s"]),
        "times_as_long": round(ours["wall_s"] / plain["wall_s"], 2),
        "times_as_much_cpu": round(ours["cpu_s"] / plain["cpu_s"], 2),
    }


if __name__ == "__main__":
    main()
