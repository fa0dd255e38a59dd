"""The index of words: what a load adds to it, what it still lacks, and what nobody needs any more.

The tables are explained in `warehouse/migrations/0003_warehouse.sql`. Every function runs inside
the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import INDEXED, TEXT, WORD, fields, lent, word_rows
from etl.terms import index_words

MOST_FRESH = 1_000_000
"""Rows of `core.fresh_postings`, of some 4,000 articles, that are sorted into a run: every search
reads all of them, and one row group of every run."""

MOST_RUNS = 16
"""Sorted runs, of some 65,000 articles in all, above which a search reads too many row groups."""

MOST_DEAD_SHARE = 0.25
"""Of all postings those of former versions, above which they are worth clearing."""

LEAST_DEAD = 100_000
"""Fewer dead postings, of some 400 articles, are not worth sorting everything."""

AT_ONCE = 2_000
"""Versions indexed in one transaction: some 10 MB of text."""

WORDS = pa.schema(WORD)
TOLD = pa.schema({"article_id": TEXT, "version": pa.int32(), "indexed": INDEXED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compaction:
    """What `compact_postings` did: rows of both tables of postings before and after."""

    rows_before: int
    rows_after: int


def load_postings(con: Connection) -> None:
    """Add the articles of the temporary view `told` to the index, in place of what they were."""
    run_script(con, "load_postings")
    (counts,) = fetch_rows(con, "count_posted")
    is_run = counts["posted_rows"] >= MOST_FRESH
    run_script(con, "add_sorted" if is_run else "add_fresh")
    if counts["fresh_rows"] + (0 if is_run else counts["posted_rows"]) >= MOST_FRESH:
        run_script(con, "sort_postings")


def index_missing(con: Connection) -> int:
    """Index up to 2,000 current versions that are not, drop documents of others; return how many.

    0 when nothing is missing. For versions that were loaded without their words: by an older
    newshouse, or by hand.
    """
    missing = fetch_rows(con, "find_unindexed", limit=AT_ONCE)
    if not missing:
        return 0
    indexed = [
        index_words(title=row["title"], text=row["text"], language=row["language"])
        for row in missing
    ]
    told = [
        {"article_id": row["article_id"], "version": row["version"], "indexed": fields(one)}
        for row, one in zip(missing, indexed, strict=True)
    ]
    with (
        lent(con, "unindexed", told, TOLD),
        lent(con, "unindexed_words", word_rows(indexed), WORDS),
    ):
        run_script(con, "tell_unindexed")
        load_postings(con)
    return len(missing)


def is_compaction_due(con: Connection) -> bool:
    """Return whether `compact_postings` would make searches cheaper: many runs, or many dead."""
    (counts,) = fetch_rows(con, "count_postings")
    rows = int(counts["sorted_rows"] + counts["fresh_rows"])
    dead = rows - int(counts["live_rows"])
    is_dead = dead >= LEAST_DEAD and dead > MOST_DEAD_SHARE * rows
    return is_dead or int(counts["sorted_runs"]) > MOST_RUNS


def compact_postings(con: Connection) -> Compaction:
    """Rewrite the postings as one sorted run, without those of documents that are gone.

    Words that no document has any more go too. It sorts everything: a minute for 100,000 articles.
    """
    before = _count_rows(con)
    run_script(con, "compact_postings")
    return Compaction(rows_before=before, rows_after=_count_rows(con))


def _count_rows(con: Connection) -> int:
    (counts,) = fetch_rows(con, "count_postings")
    return int(counts["sorted_rows"] + counts["fresh_rows"])
