"""Synthetic pages, staged as newshouse stages what it refined."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.million.words import Words, index_tokens
from etl.dedup import sketch_whole
from etl.dedup.sketch import pack_sketch
from etl.events.rules import IN_TEXT, IN_TITLE, LEAD_WORDS, OFTEN
from etl.store.sql import run_statements
from etl.store.stage_feeds import POLLED
from etl.store.stage_pages import REFINED

WORDS = 50_000
"""Words of each of six languages."""

ENTITIES = 100_000
NAMES = 6 * 3 * WORDS
"""The first token that is a name; words stand three times before it, by what follows them."""

DAYS = NAMES + 2 * ENTITIES
PAGES_OF_GROUP = 2_048
"""Pages of a row group of a staged file: more than are loaded at once, fewer than one thread's."""

AT_ONCE = 5_000
"""Articles written at a time: 3 million tokens."""

WORLD = "world.duckdb"
BEGAN = datetime(2025, 6, 1, tzinfo=UTC)
SPAN = timedelta(days=540)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one run finds: the polls that bring new entries, and the pages asked for."""

    run_id: str
    now: datetime
    polls: Path
    pages: Path
    page_count: int


def make_world(folder: Path) -> None:
    """Write to `folder` what all articles are made of."""
    con = duckdb.connect(str(folder / WORLD))
    con.execute("SET threads = 2; SET enable_progress_bar = false")
    _run(con, "make_world", words=WORDS, entities=ENTITIES)
    tokens = [token for (token,) in con.execute("SELECT token FROM tokens").fetchall()]
    languages = con.execute("SELECT language FROM languages ORDER BY place").fetchall()
    con.close()
    index_tokens(folder, tokens, [language for (language,) in languages], names=NAMES)


def generate(
    folder: Path, *, articles: int, size: int, last_size: int, part: int, parts: int
) -> Iterator[Batch]:
    """Write batch after batch to `folder`: `size` new articles each, and what changed since.

    After `articles` of them comes a last one of `last_size`: what a quarter of an hour brings. Of
    all batches every `parts`-th is written, from `part` on.
    """
    con = duckdb.connect(str(folder / WORLD), read_only=True)
    con.execute("SET TimeZone = 'UTC'; SET threads = 1; SET enable_progress_bar = false")
    tokens = con.execute("SELECT token FROM tokens").to_arrow_table()["token"].combine_chunks()
    words = Words(folder, token_count=len(tokens))
    con.register("terms", words.terms)
    day_s = SPAN.total_seconds() / articles
    firsts = [*range(0, articles, size), articles]
    for place, first in list(enumerate(firsts))[part::parts]:
        last = min(first + size, articles) if first < articles else articles + last_size
        run_id = f"million{place:05}"
        now = BEGAN + timedelta(seconds=day_s * (first + size) + 600)
        _run(
            con, "draw_articles",
            first=first, last=last, size=size, day_s=day_s, words=WORDS,
        )  # fmt: skip
        _write_texts(con, tokens, words)
        yield _stage(con, folder, run_id=run_id, now=now, size=size, day_s=day_s)


def generate_part(
    folder: Path, *, articles: int, size: int, last_size: int, part: int, parts: int
) -> list[Batch]:
    """Do as `generate`, telling on stderr how far it came."""
    batches = []
    for batch in generate(
        folder, articles=articles, size=size, last_size=last_size, part=part, parts=parts
    ):
        batches.append(batch)
        sys.stderr.write(f"generated {batch.run_id}: {batch.page_count} pages\n")
    return batches


def _write_texts(con: duckdb.DuckDBPyConnection, tokens: pa.Array, words: Words) -> None:
    con.execute("CREATE OR REPLACE TEMP TABLE written (row_no BIGINT, text VARCHAR)")
    con.execute("CREATE OR REPLACE TEMP TABLE sketched "
                "(row_no BIGINT, shingles UINTEGER[], sketch BLOB)")  # fmt: skip
    con.register("no_pages", _empty(REFINED))
    con.execute("CREATE OR REPLACE TEMP TABLE spans AS "
                "SELECT 0::BIGINT AS row_no, mentions, dates FROM no_pages")  # fmt: skip
    con.execute("CREATE OR REPLACE TEMP TABLE met (term_no INTEGER)")
    con.execute("CREATE OR REPLACE TEMP TABLE found AS SELECT 0::BIGINT AS row_no, indexed, "
                "event_keys, event_weights FROM no_pages")  # fmt: skip
    (rows,) = con.execute("SELECT count(*) FROM drawn").fetchone() or (0,)
    for from_row in range(0, rows, AT_ONCE):
        drawn = _run(
            con, "draw_tokens", from_row=from_row, to_row=from_row + AT_ONCE,
            words=WORDS, entities=ENTITIES, names=NAMES, days=DAYS,
        ).to_arrow_table().combine_chunks()  # fmt: skip
        _write_some(con, drawn, tokens)
        _sketch_some(con, from_row)
        titles = con.execute(
            "SELECT row_no, place::INTEGER AS language_no, unnest(title_tokens)::INTEGER AS token "
            "FROM drawn WHERE row_no >= ? AND row_no < ? ORDER BY row_no",
            [from_row, from_row + AT_ONCE],
        ).to_arrow_table().combine_chunks()  # fmt: skip
        _index_some(con, words, titles, drawn)


def _index_some(
    con: duckdb.DuckDBPyConnection, words: Words, titles: pa.Table, texts: pa.Table
) -> None:
    for name, table in (("titled", titles), ("worded", texts)):
        column = {name: table[name].chunk(0) for name in ("row_no", "language_no", "token")}
        con.register(name, words.find(*column.values()))
    _run(
        con, "index_words",
        lead_words=LEAD_WORDS, often=OFTEN, in_title=IN_TITLE, in_text=IN_TEXT,
    )  # fmt: skip
    con.unregister("titled")
    con.unregister("worded")


def _write_some(con: duckdb.DuckDBPyConnection, drawn: pa.Table, tokens: pa.Array) -> None:
    """Join tokens to texts, and say at which character each token begins."""
    column = {name: drawn[name].chunk(0) for name in drawn.column_names}
    words = tokens.take(column["token"])
    lengths = pc.utf8_length(words).cast(pa.int64())
    starts = pc.subtract(pc.cumulative_sum(lengths), lengths)
    firsts = pc.indices_nonzero(pc.equal(column["place_no"], 0)).cast(pa.int32())
    offsets = pa.concat_arrays([firsts, pa.array([len(words)], pa.int32())])
    texts = pc.binary_join(pa.ListArray.from_arrays(offsets, words), "")
    row_nos = column["row_no"].take(firsts)
    lend = {
        "fresh": pa.table({"row_no": row_nos, "text": pc.utf8_rtrim_whitespace(texts)}),
        "begun": pa.table({"row_no": row_nos, "text_char": starts.take(firsts)}),
        "placed": pa.table({**column, "word": words, "char_no": starts}).filter(
            pc.greater_equal(column["token"], NAMES)
        ),
    }
    for name, table in lend.items():
        con.register(name, table)
    con.execute("INSERT INTO written FROM fresh")
    _run(con, "find_spans", names=NAMES, days=DAYS)
    for name in lend:
        con.unregister(name)


def _sketch_some(con: duckdb.DuckDBPyConnection, from_row: int) -> None:
    rows = con.execute(
        "SELECT row_no, title, text FROM drawn JOIN written USING (row_no) "
        "WHERE row_no >= ? AND row_no < ?",
        [from_row, from_row + AT_ONCE],
    ).fetchall()
    sketches = [sketch_whole(title, text) for _, title, text in rows]
    made = pa.table({
        "row_no": pa.array([row_no for row_no, *_ in rows], pa.int64()),
        "shingles": pa.array([keys for keys, _ in sketches], pa.list_(pa.uint32())),
        "sketch": pa.array([pack_sketch(sketch) for _, sketch in sketches], pa.binary()),
    })  # fmt: skip
    con.register("made", made)
    con.execute("INSERT INTO sketched FROM made")
    con.unregister("made")


def _stage(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    *,
    run_id: str,
    now: datetime,
    size: int,
    day_s: float,
) -> Batch:
    con.register("no_polls", _empty(POLLED))
    con.execute("CREATE OR REPLACE TEMP TABLE refined AS FROM no_pages")
    con.execute("CREATE OR REPLACE TEMP TABLE polled AS FROM no_polls")
    _run(con, "stage_batch", run_id=run_id, now=now, size=size, day_s=day_s)
    polls, pages = folder / f"{run_id}-polls.parquet", folder / f"{run_id}-pages.parquet"
    for table, path in (("polled", polls), ("refined", pages)):
        con.execute(
            f"COPY {table} TO '{path}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
            f"ROW_GROUP_SIZE {PAGES_OF_GROUP})"
        )
    (count,) = con.execute("SELECT count(*) FROM refined").fetchone() or (0,)
    return Batch(run_id=run_id, now=now, polls=polls, pages=pages, page_count=count)


def _run(con: duckdb.DuckDBPyConnection, name: str, **parameters: Any) -> duckdb.DuckDBPyConnection:
    text = (Path(__file__).parent / f"{name}.sql").read_text("utf-8")
    return run_statements(con, text, parameters)


def _empty(schema: pa.Schema) -> pa.Table:
    return schema.empty_table()
