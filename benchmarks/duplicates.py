"""How long it takes to find the duplicates of new articles in a warehouse that has many.

    python -m benchmarks.duplicates [--history 1000000] [--new 5000] [--out FILE]

The history is generated: keys (benchmarks/keys.py), sketches and rows as a warehouse has them,
5,000 of its articles with texts of their own. Half of the new ones are edited copies of those. Two
processes sketch, as pages are refined; DuckDB has two threads. `replayed` is the same step for a
batch that the warehouse knows already: nothing of it is kept, so nothing is compared or written.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.keys import write_history
from etl.dedup import sketch_whole
from etl.dedup.sketch import pack_sketch
from etl.store import duplicates as room
from etl.store.connect import open_writer
from etl.store.duplicates import UNSKETCHED, pair_articles
from etl.store.migrate import migrate
from etl.store.sql import run_script
from etl.store.stage import Row, lent

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOLD = 5_000
"""Articles of the history that have texts."""

WORKERS, THREADS, MEMORY = 2, 2, "3GB"
WRITTEN = ("core.sketches", "core.shingles", "core.hot_keys", "core.duplicate_pairs")
WORDS, VOCABULARY, EDITED = 330, 40_000, 0.04
BATCH, AT_ONCE, REPLAYS = 100_000, 100, 5
ARTICLES = """
    INSERT INTO core.articles (article_id, url, canonical_url, source, feed_url, first_seen_at,
        last_seen_at, version, story_id)
    SELECT article_id, '', '', 's' || hash(article_id) % 2000, '', $now, $now, 1, article_id
    FROM made
"""
VERSIONS = """
    INSERT INTO core.versions (article_id, version, seen_from, run_id, title, authors, text,
        text_sha256, content_hash, word_count, keywords, is_paywalled, is_truncated,
        repeated_paragraphs, page_id, extractor, tagger, change, published_at)
    SELECT article_id, 1, $now, '', '', [], '', '', '', 0, [], false, false, 0, '', '', '', 'first',
        $now - to_hours((hash(article_id, 'day') % 13000)::INTEGER)
    FROM made
"""


def write_text(rnd: Random) -> list[str]:
    """Return the words of an article: few of them common, as in a language."""
    return [
        f"word{min(int(rnd.paretovariate(0.6)), VOCABULARY)}" if rnd.random() < 0.9
        else f"Name{rnd.randrange(VOCABULARY)}"
        for _ in range(WORDS)
    ]  # fmt: skip


def edit(words: list[str], rnd: Random) -> list[str]:
    """Return a copy with words changed here and there."""
    return [f"edit{rnd.randrange(VOCABULARY)}" if rnd.random() < EDITED else w for w in words]


def as_paragraphs(words: list[str]) -> str:
    """Return a text of some ten paragraphs."""
    return "\n\n".join(" ".join(words[at : at + 33]) for at in range(0, len(words), 33))


def sketch(article_id: str, words: list[str]) -> Row:
    """Return the row by which an article is compared."""
    shingles, made = sketch_whole(f"About {words[0]} {words[1]}", as_paragraphs(words))
    return {"article_id": article_id, "version": 1, "shingles": shingles,
            "sketch": pack_sketch(made)}  # fmt: skip


def sketch_some(made: list[tuple[str, list[str]]]) -> tuple[list[Row], float]:
    """Return the rows of some articles, and the CPU seconds it took: a worker's task."""
    cpu = time.process_time()
    rows = [sketch(article_id, words) for article_id, words in made]
    return rows, time.process_time() - cpu


def sketch_in_workers(texts: list[list[str]], told: dict[str, Any]) -> list[Row]:
    """Return the rows of new articles, sketched by processes that run already."""
    named = [(f"n{at}", text) for at, text in enumerate(texts)]
    parts = [named[at : at + AT_ONCE] for at in range(0, len(named), AT_ONCE)]
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("forkserver")) as pool:
        list(pool.map(sketch_some, parts[: 2 * WORKERS]))
        wall = time.perf_counter()
        found = list(pool.map(sketch_some, parts))
        told["sketch the texts (in two workers)"] = {
            "cpu_s": round(sum(cpu for _, cpu in found), 2),
            "wall_s": round(time.perf_counter() - wall, 2),
        }
    return [row for rows, _ in found for row in rows]


def fill(con: duckdb.DuckDBPyConnection, told: list[Row], *, history: int) -> None:
    """Write a history of so many articles; `told` are the last of them."""
    blank = history - len(told)
    pool = [row["sketch"] for row in told[:500]]
    con.execute("CREATE TEMP TABLE pool AS SELECT (row_number() OVER ())::INTEGER - 1 AS place, "
                "sketch FROM (SELECT unnest($1) AS sketch)", [pool])  # fmt: skip
    for first in range(1, blank + 1, BATCH):
        write_history(con, first, min(first + BATCH - 1, blank), pool="pool")
        con.execute(ARTICLES, {"now": NOON})
        con.execute(VERSIONS, {"now": NOON})
    load(con, told)


def load(con: duckdb.DuckDBPyConnection, rows: list[Row]) -> None:
    """Load articles as a batch is loaded, once their texts and tags are in."""
    with lent(con, "unsketched", rows, UNSKETCHED):
        run_script(con, "keep_unsketched")
    con.execute("CREATE OR REPLACE TEMP TABLE made AS SELECT article_id FROM kept")
    con.execute(ARTICLES, {"now": NOON})
    con.execute(VERSIONS, {"now": NOON})
    con.execute("BEGIN")
    pair_articles(con)
    con.execute("COMMIT")


def replay(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return what a batch takes of which all is known: load_articles keeps nothing of it."""
    con.execute("CREATE OR REPLACE TEMP TABLE kept AS FROM kept LIMIT 0")
    before = [con.execute(f"SELECT count(*) FROM {name}").fetchall() for name in WRITTEN]
    told: list[dict[str, float]] = []
    for _ in range(REPLAYS):
        step: dict[str, Any] = {}
        with timed(step, "known"):
            con.execute("BEGIN")
            pair_articles(con)
            con.execute("COMMIT")
        told.append(step["known"])
    after = [con.execute(f"SELECT count(*) FROM {name}").fetchall() for name in WRITTEN]
    return {"rows_written": 0 if before == after else "some",
            "wall_s": sorted(step["wall_s"] for step in told),
            "cpu_s": sorted(step["cpu_s"] for step in told)}  # fmt: skip


@contextmanager
def timed(told: dict[str, Any], name: str) -> Iterator[None]:
    """Note how long something takes, in CPU seconds and in wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    before = told.get(name, {"cpu_s": 0.0, "wall_s": 0.0})
    told[name] = {
        "cpu_s": round(before["cpu_s"] + time.process_time() - cpu, 3),
        "wall_s": round(before["wall_s"] + time.perf_counter() - wall, 3),
    }


def watch(told: dict[str, Any]) -> None:
    """Note from here on how long each script takes of finding pairs, and judging them."""

    def run(con: Any, name: str, /, **parameters: Any) -> Any:
        with timed(told, name):
            return run_script(con, name, **parameters)

    judge = room.judge_pairs

    def judging(con: Any) -> Any:
        with timed(told, "align and judge, reading sketches included"):
            return list(judge(con))

    watched: Any = room
    watched.run_script, watched.judge_pairs = run, judging


def measure(folder: Path, *, history: int, new: int) -> dict[str, Any]:
    """Return what finding the duplicates of `new` articles among `history` took."""
    rnd, before = Random(6), os.getloadavg()[0]
    texts = [write_text(rnd) for _ in range(min(TOLD, history))]
    con = open_writer(folder / "live.duckdb")
    con.execute(f"SET threads = {THREADS}; SET memory_limit = '{MEMORY}'; "
                "SET enable_progress_bar = false")  # fmt: skip
    migrate(con, now=NOON)
    fill(con, [sketch(f"t{at}", text) for at, text in enumerate(texts)], history=history)
    con.execute("CHECKPOINT")
    copied = rnd.sample(range(len(texts)), min(new // 2, len(texts)))
    fresh = [edit(texts[at], rnd) for at in copied] + [
        write_text(rnd) for _ in range(new - len(copied))
    ]
    told: dict[str, Any] = {}
    rows = sketch_in_workers(fresh, told)
    steps: dict[str, Any] = {}
    watch(steps)
    with timed(told, "find their duplicates"):
        load(con, rows)
    judged = con.execute("SELECT count(*) FROM doubtful").fetchall()[0][0]
    steps = dict(steps)
    found = con.execute(
        "SELECT count(DISTINCT article_id) FROM core.duplicate_pairs "
        "WHERE article_id[1] = 'n' AND other_id = 't' || $1[article_id[2:]::INTEGER + 1]", [copied]
    ).fetchone()  # fmt: skip
    return {
        "history": history, "new": new, "copies": len(copied),
        "copies_found": found[0] if found else 0,
        "pairs_judged": judged,
        "database_bytes": (folder / "live.duckdb").stat().st_size,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load_average": [round(busy, 1) for busy in (before, os.getloadavg()[0])],
        "times": told, "steps": steps, "replayed": replay(con),
    }  # fmt: skip


def main() -> None:
    """Measure, print, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", type=int, default=1_000_000)
    parser.add_argument("--new", type=int, default=5_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/duplicates.json"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        found = measure(Path(folder), history=given.history, new=given.new)
    command = f"python -m benchmarks.duplicates --history {given.history} --new {given.new}"
    result = {"command": command, "python": platform.python_version(),
              "duckdb": duckdb.__version__, "pyarrow": pa.__version__, **found}  # fmt: skip
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    given.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
