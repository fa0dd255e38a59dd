"""What it costs to give readers a thousand more articles of a large warehouse.

    python -m benchmarks.publish [--gigabytes 1.5] [--rounds 3]

A warehouse is filled to the size wanted with rows made of a few real ones (other ids, other texts),
then a thousand articles at a time are loaded the usual way and published: by newshouse, and, in
the same round, by the whole copy it made before, with the digest taken on the way. Bytes are those
that the process handed to the operating system to write, seconds those until they were on disk.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb

from etl.store.blocks import digest_blocks
from etl.store.publish import publish_snapshot
from tests.store.desk import Desk, Paper, entry, story

ADDED = 1000
COPIES_AT_ONCE = 50
CHUNK_BYTES = 4 << 20
IDS = {"article_id", "other_id", "story_id", "duplicate_of", "entry_id", "page_id", "url_id",
       "fetch_id", "guid", "url", "canonical_url", "final_url"}  # fmt: skip
FILLED = (
    "core.article_urls", "core.articles", "core.dates", "core.entries", "core.mentions",
    "core.provenance", "core.shingles", "core.sketches", "core.versions", "ops.outcomes",
    "raw.entries", "raw.fetches", "raw.pages",
)  # fmt: skip


def main() -> None:
    """Fill, load, publish, print and write the results file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=1.5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/publish.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        report = measure(Path(name), options.gigabytes, options.rounds)
    options.out.write_text(json.dumps(report, indent=2) + "\n")
    print(json.dumps(report, indent=2))


def measure(folder: Path, gigabytes: float, rounds: int) -> dict[str, object]:
    """Return sizes, seconds and bytes of both ways, the median of the rounds."""
    desk = Desk(folder / "data")
    live = desk.data / "warehouse" / "live.duckdb"
    add_articles(desk, 0)
    desk.store.close()
    copies = fill(live, gigabytes)
    desk.reopen()
    for _ in range(2):
        desk.now += timedelta(minutes=1)
        desk.store.publish()
    published = desk.data / "news.duckdb"
    blocks, shares, copied = [], [], []
    for round_ in range(1, rounds + 1):
        add_articles(desk, round_)
        desk.store.close()  # which leaves all in the one file
        before = digest_blocks(published)
        shares.append(count_changed(before, digest_blocks(live)))
        copied.append(clock(lambda: copy_whole(live, folder / "whole.duckdb")))
        (folder / "whole.duckdb").unlink()
        blocks.append(clock(lambda: publish_snapshot(live, published, now=desk.now)))
        desk.reopen()
        print(f"{round_}: whole {copied[-1]}, blocks {blocks[-1]}", flush=True)
    file_bytes = live.stat().st_size
    desk.store.close()
    return {
        "command": f"python -m benchmarks.publish --gigabytes {gigabytes:g} --rounds {rounds}",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}",
        "articles": ADDED * (1 + copies + rounds),
        "database_mb": round(file_bytes / 1e6),
        "articles_added": ADDED,
        "share_of_blocks_changed_by_one_run": round(statistics.median(shares), 4),
        "whole_copy": summarise(copied),
        "changed_blocks": summarise(blocks),
    }


def summarise(costs: list[tuple[float, float]]) -> dict[str, float]:
    """Return the medians of seconds and megabytes."""
    return {
        "seconds": round(statistics.median(seconds for seconds, _ in costs), 2),
        "written_mb": round(statistics.median(megabytes for _, megabytes in costs), 1),
    }


def add_articles(desk: Desk, nth: int) -> None:
    """Load a thousand articles as a run does."""
    names = [f"r{nth}-{number}" for number in range(ADDED)]
    pages = {f"https://harbour.test/{name}": Paper(story(name, words=300)) for name in names}
    desk.begin()
    desk.load_feeds(*(entry(name) for name in names))
    # Not those that are due to be looked at again: this is about what is added.
    desk.load_pages([work for work in desk.take_up() if work.url in pages], pages)
    desk.finish()


def fill(live: Path, gigabytes: float) -> int:
    """Copy every row, with other ids and texts, until the file is so large; return how often."""
    copies = 0
    with duckdb.connect(live) as con:
        con.execute("SET preserve_insertion_order = false")
        for table in FILLED:
            con.execute(f"CREATE TEMP TABLE {table.replace('.', '_')} AS FROM {table}")
        while live.stat().st_size < gigabytes * 1e9:
            for table in FILLED:
                con.execute(copy_rows(con, table), {"from": copies, "more": COPIES_AT_ONCE})
            copies += COPIES_AT_ONCE
            con.execute("CHECKPOINT")
            print(f"{live.stat().st_size / 1e9:.2f} GB", flush=True)
    return copies


def copy_rows(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """Return the statement that copies a table's first rows with other ids, texts and keys."""
    columns = con.execute(f"SELECT column_name FROM (DESCRIBE {table})").fetchall()
    new = {column: f"substr(md5({column} || $from || k), 1, 12) AS {column}" for column in IDS}
    new["key"] = "(hash(key, $from, k) % 4294967296)::UINTEGER AS key"
    new["text"] = (
        "array_to_string(list_transform(range(80), i -> md5(concat(article_id, $from, k, i))), ' ')"
        " AS text"
    )
    chosen = ", ".join(new.get(column, column) for (column,) in columns)
    return (
        f"INSERT INTO {table} SELECT {chosen} FROM {table.replace('.', '_')}, "
        "range($from, $from + $more) AS r(k)"
    )


def copy_whole(live: Path, target: Path) -> None:
    """Copy, digest and sync, as newshouse published before it wrote blocks."""
    digest = hashlib.sha256()
    with live.open("rb") as source, target.open("wb") as file:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def clock(function: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds a call takes and the megabytes it writes."""
    written, began = count_written(), time.perf_counter()
    function()
    seconds = time.perf_counter() - began
    return seconds, (count_written() - written) / 1e6


def count_written() -> int:
    """Return the bytes this process has handed over to be written."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def count_changed(before: bytes, after: bytes) -> float:
    """Return the share of blocks that differ."""
    blocks = range(0, len(after), 32)
    return sum(before[at : at + 32] != after[at : at + 32] for at in blocks) / len(blocks)


if __name__ == "__main__":
    main()
