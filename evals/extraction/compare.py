"""`newshouse extract` beside other extractors, over pages with gold text, in one run.

    uv run --group evals python -m evals.extraction.compare ../shared [--sets scrapinghub,aed_dev]
        [--out evals/extraction/results.json] [--worst 15]

The folder holds evals/extraction/{score.py, <set>/gold.jsonl, <set>/pages/*.html.gz} and
captured_web/{index.jsonl, pages}. Text is scored by its 4-gram shingles (F1 of mean precision and
recall, as scrapinghub/article-extraction-benchmark does), titles by similarity, authors by names,
dates by day. `peers` get the bytes of each page, as newshouse does. Nothing of the pages is
written down but the addresses of the worst.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evals.extraction.peers import PEERS
from evals.extraction.sets import SETS, Labelled, load_scorer, read_set

SHOWN = ("shF1", "shP", "shR", "bad80", "title_sim", "authF1", "date_eq")
LIBRARIES = ("trafilatura", "newspaper4k", "readability-lxml", "htmldate", "lxml")


def run_newshouse(pages: list[Labelled], folder: Path) -> tuple[dict[str, Any], float]:
    """Return what `newshouse extract` says of `pages`, and the seconds it took."""
    rows = [
        {"id": page.gold["id"], "url": page.gold["url"], "html_path": str(page.path)}
        | ({"fetched_at": page.fetched_at} if page.fetched_at else {})
        for page in pages
    ]
    given, made = folder / "pages.jsonl", folder / "articles.jsonl"
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "etl.cli", "extract", str(given), "--out", str(made)]
    began = time.monotonic()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    found = map(json.loads, made.read_text("utf-8").splitlines())
    return {row["id"]: _as_scored(row) for row in found}, seconds


def _as_scored(row: dict[str, Any]) -> dict[str, Any]:
    if "rejected" in row:
        return {"text": "", "title": "", "authors": [], "date": "", "rejected": row["rejected"]}
    return {key: row[key] for key in ("text", "title", "authors")} | {
        "date": (row["published_at"] or "")[:10]
    }


def run_peer(name: str, pages: list[Labelled], pool: ProcessPoolExecutor) -> dict[str, Any]:
    """Return what another extractor makes of `pages`."""
    calls = [(page.path, page.gold["url"]) for page in pages]
    texts = pool.map(partial(_call_peer, name), calls, chunksize=4)
    return {page.gold["id"]: {"text": text} for page, text in zip(pages, texts, strict=True)}


def _call_peer(name: str, call: tuple[Path, str]) -> str:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    try:
        return PEERS[name](*call)
    except Exception:  # noqa: BLE001 - a peer that fails on a page found nothing
        return ""


def measure(
    shared: Path, names: list[str], *, worst: int, with_peers: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each set's scores."""
    scorer = load_scorer(shared)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor() as pool:
        for name in names:
            pages = read_set(shared, name)
            gold = [page.gold for page in pages]
            predicted, seconds = run_newshouse(pages, Path(folder))
            summary, scored = scorer.score(gold, predicted)
            found: dict[str, Any] = {
                "pages": len(pages), "pages_per_s": round(len(pages) / seconds, 1),
                "newshouse": _shorten(summary),
            }  # fmt: skip
            if with_peers and "shF1" in summary:
                score: Callable[..., Any] = scorer.score
                for peer in PEERS:
                    found[peer] = _shorten(score(gold, run_peer(peer, pages, pool))[0])
            if "shF1" in summary:
                found["worst"] = _list_worst(scored, predicted, worst)
            yield name, found


def _shorten(summary: dict[str, Any]) -> dict[str, Any]:
    return {key: round(summary[key], 4) for key in SHOWN if key in summary}


def _list_worst(scored: list[dict[str, Any]], predicted: Any, count: int) -> list[dict[str, Any]]:
    worst = sorted(scored, key=lambda row: row["sf"])[:count]
    return [
        {"id": row["id"], "url": row["url"]}
        | {"f1": round(row["sf"], 3), "precision": round(row["sp"], 3)}
        | {"recall": round(row["sr"], 3), "rejected": predicted[row["id"]].get("rejected")}
        for row in worst
    ]


def main() -> None:
    """Measure, print a line a set, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--out", type=Path, default=Path("evals/extraction/results.json"))
    parser.add_argument("--worst", type=int, default=15)
    parser.add_argument("--no-peers", action="store_true", help="newshouse alone")
    options = parser.parse_args()
    if not (options.shared / "evals" / "extraction").is_dir():
        parser.error(f"{options.shared} has no evals/extraction: nothing to measure")
    results: dict[str, Any] = {
        "command": "python -m evals.extraction.compare " + " ".join(sys.argv[1:]),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "versions": {name: version(name) for name in LIBRARIES},
    }
    wanted = options.sets.split(",")
    for name, found in measure(
        options.shared, wanted, worst=options.worst, with_peers=not options.no_peers
    ):
        results[name] = found
        print(name, json.dumps({key: found[key] for key in found if key != "worst"}), flush=True)
    options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
