"""How long it takes to find by keys which of very many articles some new ones may repeat.

    python -m benchmarks.join [--articles 100000000] [--keys 10] [--new 5000] [--folder DIR]

The history is generated (benchmarks/keys.py) and has no texts: nothing is aligned. What runs is
what a load runs (`etl.store.duplicates.ask_keys`): which keys are hot, which pairs are doubtful,
whose stories may change. Half of the new articles share two keys in three with one of the history.
Articles have 28 keys; `--keys` writes no more than so many of each: with ten of them 100 million
articles come to the billion rows that was aimed at. Under `--folder` (the system's temporary
folder) 14 GB are needed for 100 million articles with all their keys; they are gone afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from subprocess import run
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.keys import AT_ONCE, LONG_KEYS, draw_keys, write_history
from benchmarks.million.steps import peak_mb
from etl.store import duplicates as room
from etl.store.connect import open_writer
from etl.store.migrate import migrate
from etl.store.stage import lent

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OUT = Path("benchmarks/results/join.json")
FRESH = pa.schema({"article_no": pa.int32(), "shingles": pa.list_(pa.uint32())})
MEMORY, THREADS = "1800MB", 2
"""Of DuckDB; what Python and its modules hold comes on top."""


def generate(path: Path, *, articles: int, keys: int) -> None:
    """Write a warehouse of so many articles without texts."""
    con = open_writer(path)
    con.execute("SET threads = 2; SET memory_limit = '4GB'; SET preserve_insertion_order = false; "
                "SET enable_progress_bar = false")  # fmt: skip
    migrate(con, now=NOON)
    for first in range(1, articles + 1, AT_ONCE):
        write_history(con, first, min(first + AT_ONCE - 1, articles), keys=keys)
    con.execute("CHECKPOINT")
    con.close()


def ask(path: Path, *, articles: int, new: int) -> dict[str, Any]:
    """Return what finding the candidates of `new` articles took."""
    rnd = Random(6)
    con = open_writer(path)
    con.execute(f"SET threads = {THREADS}; SET memory_limit = '{MEMORY}'; "
                "SET enable_progress_bar = false")  # fmt: skip
    first = articles // 2
    rows = con.execute(
        "SELECT article_no, list(key) FROM core.shingles WHERE article_no BETWEEN $1 AND $2 "
        "GROUP BY ALL ORDER BY ALL", [first, first + new // 2 - 1],
    ).fetchall()  # fmt: skip
    fresh = [sorted({*keys[: 2 * len(keys) // 3], *draw_keys(rnd)[:9]}) for _, keys in rows]
    fresh += [draw_keys(rnd) for _ in range(new - len(fresh))]
    con.execute("BEGIN")
    numbered = [{"article_no": articles + 1 + at, "shingles": keys}
                for at, keys in enumerate(fresh)]  # fmt: skip
    with lent(con, "fresh", numbered, FRESH):
        con.execute("CREATE TEMP TABLE compared AS FROM fresh")
    con.execute("INSERT INTO core.sketches SELECT article_no, 'n' || article_no, 'new', "
                "DATE '2026-03-01', ''::BLOB, len(shingles) FROM compared")  # fmt: skip
    con.execute("INSERT INTO core.shingles SELECT unnest(shingles), article_no FROM compared")
    con.execute("CREATE TEMP TABLE shaken (key UINTEGER)")
    steps: dict[str, Any] = {}
    watch(steps)
    cpu, wall = time.process_time(), time.perf_counter()
    room.ask_keys(con)
    took = {"cpu_s": round(time.process_time() - cpu, 2),
            "wall_s": round(time.perf_counter() - wall, 2)}  # fmt: skip
    found = con.execute(
        "SELECT count(*), count(*) FILTER (one_no - $1 = other_no - $2 - 1) FROM doubtful",
        [first, articles]
    ).fetchall()[0]  # fmt: skip
    return {
        "copies": len(rows), "copies_found": found[1], "pairs_to_be_decided": found[0], **took,
        "steps": steps,
        "peak_rss_mb": peak_mb(),
    }  # fmt: skip


def watch(steps: dict[str, Any]) -> None:
    """Note from here on how long each script takes."""
    watched_room: Any = room
    script = watched_room.run_script

    def watched(con: Any, name: str, /, **parameters: Any) -> Any:
        cpu, wall = time.process_time(), time.perf_counter()
        result = script(con, name, **parameters)
        steps[name] = {"cpu_s": round(time.process_time() - cpu, 2),
                       "wall_s": round(time.perf_counter() - wall, 2)}  # fmt: skip
        return result

    watched_room.run_script = watched


def ask_apart(path: Path, *, articles: int, new: int) -> dict[str, Any]:
    """Return what `ask` does, of a process of its own: generating took more memory than asking."""
    code = (
        "import json; from pathlib import Path; from benchmarks.join import ask; "
        f"print(json.dumps(ask(Path({str(path)!r}), articles={articles}, new={new})))"
    )
    told = run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def measure(folder: Path, *, articles: int, keys: int, new: int, times: int) -> dict[str, Any]:
    """Return what was seen, the file's size and rows included."""
    path = folder / "live.duckdb"
    began = time.perf_counter()
    generate(path, articles=articles, keys=keys)
    generated_s = round(time.perf_counter() - began)
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute("SELECT count(*) FROM core.shingles").fetchall()[0][0]
    return {
        "articles": articles, "new": new, "rows": rows, "database_bytes": path.stat().st_size,
        "memory_limit": MEMORY, "threads": THREADS, "generated_in_s": generated_s,
        "runs": [
            {**ask_apart(path, articles=articles, new=new), "load_average": os.getloadavg()[0]}
            for _ in range(times)
        ],
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000_000)
    parser.add_argument("--keys", type=int, default=LONG_KEYS)
    parser.add_argument("--new", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        found = measure(
            Path(folder), articles=given.articles, keys=given.keys, new=given.new,
            times=given.times,
        )  # fmt: skip
    result = {
        "command": f"python -m benchmarks.join --articles {given.articles} --keys {given.keys} "
        f"--new {given.new}",
        "python": platform.python_version(), "duckdb": duckdb.__version__, **found,
    }  # fmt: skip
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    given.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
