"""What full text costs: `python -m benchmarks.search [--articles 100000]`.

Generates articles whose words follow Zipf's law, loads them through the warehouse's own scripts,
adds 1,000 more as a run does, and asks 240 queries of eight kinds. Beside them stands what plain
SQL does with the same words (`ILIKE`), or the fts extension of DuckDB where it is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.records import Indexed, make_id
from etl.store.connect import open_writer
from etl.store.migrate import migrate
from etl.store.postings import TOLD, WORDS, compact_postings, load_postings
from etl.store.sql import Connection, run_script
from etl.store.stage import fields, word_rows
from etl.terms import index_words

RESULT = Path(__file__).parent / "results" / "search.json"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADDED = 1_000
OF_A_KIND = 30
COMMON = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "for",
    "is",
    "on",
    "that",
    "by",
    "with",
    "as",
    "at",
    "it",
    "from",
    "be",
    "are",
    "was",
    "said",
]
ENDINGS = [""] * 7 + ["s", "s", "ed", "ing"]
PRINTED = pa.schema([*TOLD, ("title", pa.string()), ("text", pa.string())])
LOAD = (
    """
    INSERT INTO core.versions
    SELECT article_id, version, $now, NULL, 'benchmark', $now - INTERVAL 1 HOUR, NULL, NULL, title,
        [], 'en', text, sha256(text), '', 400, NULL, [], NULL, false, false, NULL, 0, 'page', 'b',
        'b', 'first', NULL, 'https://wire.test/' || article_id, 'https://wire.test/' || article_id,
        'wire.test', 'https://wire.test/feed', $now, $now, NULL, article_id, NULL,
        NULL, NULL
    FROM unindexed
    """,
    """
    INSERT INTO core.articles
    SELECT article_id, 'https://wire.test/' || article_id, 'https://wire.test/' || article_id,
        'wire.test', 'https://wire.test/feed', $now, $now, 1, NULL, article_id, NULL
    FROM unindexed
    """,
)


class Press:
    """Writes articles of made-up words, by Zipf's law with exponent 1.15, inflected."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        starts = [
            "b",
            "c",
            "d",
            "f",
            "g",
            "h",
            "k",
            "l",
            "m",
            "n",
            "p",
            "r",
            "s",
            "t",
            "v",
            "w",
            "z",
            "br",
            "st",
            "tr",
        ]
        syllables = [
            a + b for a in starts for b in ["a", "e", "i", "o", "u", "ai", "ou", "er", "an"]
        ]
        made = {
            "".join(self._random.choices(syllables, k=self._random.choice((2, 2, 3, 3, 4))))
            for _ in range(80_000)
        }
        self.words = COMMON + sorted(made, key=make_id)
        self._weights = list(accumulate((rank + 2.7) ** -1.15 for rank in range(len(self.words))))

    def write(self, words: int) -> str:
        """Return a text of so many words, in paragraphs of 60."""
        drawn = self._random.choices(self.words, cum_weights=self._weights, k=words)
        inflected = [
            word + self._random.choice(ENDINGS) if len(word) > 4 else word for word in drawn
        ]
        cut = (" ".join(inflected[at : at + 60]).capitalize() for at in range(0, words, 60))
        return ".\n\n".join(cut) + "."

    def print_articles(self, first: int, count: int) -> Iterator[tuple[dict[str, Any], Indexed]]:
        """Yield articles of 200 to 600 words, with their words for the index."""
        self._random = random.Random(f"articles from {first}")
        for number in range(first, first + count):
            title, text = self.write(8)[:-1], self.write(self._random.randint(200, 600))
            indexed = index_words(title=title, text=text, language="en")
            article = {
                "article_id": make_id(str(number)),
                "version": 1,
                "title": title,
                "text": text,
            }
            yield article | {"indexed": fields(indexed)}, indexed


@cache
def make_press() -> Press:
    """Return the press of this process: it takes a second to set up."""
    return Press(7)


def print_tables(first: int, count: int) -> tuple[pa.Table, pa.Table]:
    """Return articles and their words; runs in a process of its own, which keeps its press."""
    articles, indexed = zip(*make_press().print_articles(first, count), strict=True)
    words = pa.Table.from_pylist(word_rows(indexed), WORDS)
    return pa.Table.from_pylist(articles, PRINTED), words


class Clock:
    """Adds up wall and CPU seconds of what runs inside it."""

    def __init__(self) -> None:
        self.wall_s = self.cpu_s = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall_s += time.perf_counter() - self._began[0]
        self.cpu_s += time.process_time() - self._began[1]

    def read(self) -> dict[str, float]:
        """Return both, in seconds."""
        return {"wall_s": round(self.wall_s, 3), "cpu_s": round(self.cpu_s, 3)}


def load(con: Connection, printed: tuple[pa.Table, pa.Table], indexing: Clock) -> None:
    """Load a batch in one transaction; only the index is timed."""
    for name, table in zip(("unindexed", "unindexed_words"), printed, strict=True):
        con.register(name, table)
    con.execute("BEGIN")
    for statement in LOAD:
        con.execute(statement, {"now": NOW} if "$now" in statement else None)
    with indexing:
        run_script(con, "tell_unindexed")
        load_postings(con)
        con.execute("COMMIT")
    for name in ("unindexed", "unindexed_words"):
        con.unregister(name)


def build(path: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Load all articles and return what that cost, as noted beside a warehouse that was kept."""
    note = path.with_suffix(".json")
    if not note.exists():
        with closing(open_writer(path)) as con:
            con.execute(f"SET threads = {asked.threads:d}")
            migrate(con, now=NOW)
            note.write_text(json.dumps(load_all(con, asked)), "utf-8")
    built: dict[str, Any] = json.loads(note.read_text("utf-8"))
    return built


def load_all(con: Connection, asked: argparse.Namespace) -> dict[str, Any]:
    """Load all articles in batches, sort their postings into one run, and return the costs."""
    indexing, compacting = Clock(), Clock()
    firsts = range(0, asked.articles, asked.batch)
    counts = [min(asked.batch, asked.articles - first) for first in firsts]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as printers:
        for first, printed in zip(firsts, printers.map(print_tables, firsts, counts), strict=True):
            load(con, printed, indexing)
            print(f"{first + printed[0].num_rows} articles loaded", flush=True)
    with compacting:
        con.execute("BEGIN")
        done = compact_postings(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
    return {
        "load": indexing.read(), "compact": compacting.read(), "postings": done.rows_after,
        "terms": one(con, "SELECT count(*) FROM core.terms"),
        "index_bytes": index_bytes(con),
        "text_bytes": one(con, "SELECT sum(strlen(text))::BIGINT FROM core.versions"),
    }  # fmt: skip


def add(path: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Return what the index costs of 1,000 more articles, made durable; a kept file keeps them."""
    adding = Clock()
    with closing(open_writer(path)) as con:
        con.execute(f"SET threads = {asked.threads:d}")
        migrate(con, now=NOW)
        known = int(one(con, "SELECT count(*) FROM core.documents"))
        load(con, print_tables(known, ADDED), adding)
    return {"articles": ADDED, "to": known, **adding.read()}


def one(con: Connection, query: str) -> Any:
    """Return the only value of a query."""
    (value,) = con.execute(query).fetchone() or (None,)
    return value


def index_bytes(con: Connection) -> int:
    """Return the bytes of the blocks the four tables of the index lie in."""
    size = one(con, "SELECT block_size FROM pragma_database_size()")
    tables = ("core.documents", "core.terms", "core.postings", "core.fresh_postings")
    blocks: set[int] = set()
    for table in tables:
        found = con.execute(
            "SELECT block_id, additional_block_ids FROM pragma_storage_info(?) WHERE persistent",
            [table],
        ).fetchall()
        blocks |= {block for first, more in found for block in (first, *(more or ()))}
    return len(blocks) * int(size)


def make_queries(press: Press, con: Connection) -> dict[str, list[str]]:
    """Return queries by kind, made of words of texts so that most find something."""
    chooser = random.Random(5)
    texts = [
        row[0].split()
        for row in con.execute("SELECT text FROM core.versions LIMIT 2000").fetchall()
    ]

    def near(count: int) -> list[str]:
        words = chooser.choice(texts)
        at = chooser.randrange(len(words) - count)
        return [word.strip(".").lower() for word in words[at : at + count]]

    def typical() -> str:
        return chooser.choice(press.words[100:8000])

    kinds: dict[str, Callable[[], str]] = {
        "one word": typical,
        "very common word": lambda: chooser.choice(press.words[:40]),
        "rare word": lambda: chooser.choice(press.words[20_000:]),
        "two words": lambda: " ".join(near(2)),
        "three words": lambda: " ".join(near(3)),
        "phrase": lambda: f'"{" ".join(near(2))}"',
        "title": lambda: f"title:{typical()}",
        "beginning": lambda: f"{typical()[:5]}* {chooser.choice(near(2))}",
    }
    return {kind: [make() for _ in range(OF_A_KIND)] for kind, make in kinds.items()}


def ask(con: Connection, query: str, words: str) -> tuple[float, float, int]:
    """Return wall and CPU milliseconds of a query, and its rows."""
    wall, cpu = time.perf_counter(), time.process_time()
    rows = con.execute(query, {"words": words}).fetchall()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000, len(rows)


SEARCH = "FROM search($words) LIMIT 20"
SCAN = """
    SELECT article_id, title FROM core.versions
    WHERE list_bool_and(list_transform(string_split(translate($words, '*"', '  '), ' '),
        lambda word: contains(lower(text), replace(word, 'title:', ''))))
    LIMIT 20
"""


def measure(con: Connection, queries: dict[str, list[str]], sql: str) -> dict[str, Any]:
    """Return the median and 95th percentile of all queries, and of every kind."""
    con.execute(sql, {"words": "warm"}).fetchall()
    found = {kind: [ask(con, sql, words) for words in asked] for kind, asked in queries.items()}
    return {
        "all": summarise([one for of_kind in found.values() for one in of_kind]),
        **{kind: summarise(of_kind) for kind, of_kind in found.items()},
    }


def summarise(asked: list[tuple[float, float, int]]) -> dict[str, Any]:
    """Return percentiles in milliseconds, and how many queries found something."""
    walls, cpus = (sorted(one[place] for one in asked) for place in (0, 1))
    return {
        "queries": len(asked),
        "with_hits": sum(one[2] > 0 for one in asked),
        "wall_p50_ms": round(statistics.median(walls), 1),
        "wall_p95_ms": round(walls[int(0.95 * (len(walls) - 1))], 1),
        "cpu_p50_ms": round(statistics.median(cpus), 1),
        "cpu_p95_ms": round(cpus[int(0.95 * (len(cpus) - 1))], 1),
    }


def main() -> None:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=5_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=RESULT)
    parser.add_argument("--keep", type=Path, help="where the warehouse is kept, and found again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "search.duckdb"
        result: dict[str, Any] = {
            "command": f"python -m benchmarks.search --articles {asked.articles}",
            "machine": {"cores": os.cpu_count(), "threads": asked.threads,
                        "duckdb": duckdb.__version__},
            "articles": asked.articles,
            "build": build(path, asked),
        }  # fmt: skip
        result["added"] = add(path, asked)
        with closing(duckdb.connect(str(path), read_only=True)) as con:
            con.execute(f"SET threads = {asked.threads:d}")
            queries = make_queries(make_press(), con)
            result["search"] = measure(con, queries, SEARCH)
            few = {kind: words[:3] for kind, words in queries.items()}
            result["scan"] = measure(con, few, SCAN)
        result["load_average"] = [round(load, 1) for load in os.getloadavg()]
    asked.out.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
