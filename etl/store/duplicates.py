"""Which of the articles just loaded repeat others, a batch at a time.

What SQL can tell by keys it tells: who may repeat whom, and which keys are boilerplate. The pairs
it doubts are aligned here. Every table is a function of the articles there are, of no order of
loading. Runs inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import pyarrow as pa

from etl.dedup import sketch_whole
from etl.dedup.alignment import align
from etl.dedup.chance import (
    CHANCE_DAYS,
    FEW_KEYS,
    GRAM_WEIGHT,
    PARAGRAPH_WEIGHT,
    TELLING_WEIGHT,
    Runs,
    list_runs,
    may_repeat,
)
from etl.dedup.shingles import LARGEST_KEY
from etl.dedup.sketch import pack_sketch, unpack_sketch
from etl.dedup.verdict import RULE, Verdict, judge
from etl.dedup.wear import PARAGRAPHS, SHINGLES
from etl.records import Sketch
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, Row, lent

AT_ONCE = 2_000
"""Versions sketched in one transaction: some 10 MB of text."""

PAIRED = pa.schema({
    "article_id": TEXT, "other_id": TEXT, "kind": TEXT, "jaccard": pa.float64(),
    "containment": pa.float64(), "score": pa.float64(), "common_words": pa.int32(),
    "facts_aligned": pa.int32(), "facts_agreed": pa.int32(), "title_overlap": pa.float64(),
    "rule": TEXT,
})  # fmt: skip
UNSKETCHED = pa.schema({
    "article_id": TEXT, "version": pa.int32(), "shingles": pa.list_(pa.uint32()),
    "sketch": pa.binary(),
})  # fmt: skip


def pair_articles(con: Connection) -> None:
    """Find the duplicates of the articles of `kept`, and label what repeats what anew.

    `kept` has article_id, shingles and sketch of each. Leaves `affected` behind: every article that
    may repeat another now. Their stories follow with `group_events`.
    """
    if not fetch_rows(con, "is_pairing_due")[0]["is_due"]:
        return
    run_script(con, "take_sketches")
    ask_keys(con)
    paired = list(judge_pairs(con))
    if paired:
        with lent(con, "paired", paired, PAIRED):
            run_script(con, "load_pairs")
    run_script(con, "label_originals")


def ask_keys(con: Connection) -> None:
    """Find by keys the pairs to be decided, `doubtful`, of the articles of `compared`.

    `compared` has article_no and shingles of each, which are in core.sketches and core.shingles;
    `shaken` the keys that lost a holder. Leaves `unsettled` behind, whose pairs may be others.
    """
    run_script(
        con, "weigh_keys", largest_shingle=LARGEST_KEY,
        paragraph_site=PARAGRAPHS.of_one_site, paragraph_days=PARAGRAPHS.days,
        paragraph_span=PARAGRAPHS.span_days, shingle_site=SHINGLES.of_one_site,
        shingle_days=SHINGLES.days, shingle_span=SHINGLES.span_days,
    )  # fmt: skip
    run_script(
        con, "find_candidates", largest_shingle=LARGEST_KEY, telling_weight=TELLING_WEIGHT,
        paragraph_weight=PARAGRAPH_WEIGHT, gram_weight=GRAM_WEIGHT,
        few_keys=FEW_KEYS, chance_days=CHANCE_DAYS,
    )  # fmt: skip


def judge_pairs(con: Connection) -> Iterator[Row]:
    """Yield a row for each of the doubtful pairs that are duplicates."""
    pairs = run_script(con, "list_doubtful").fetchall()
    if not pairs:
        return
    rows = run_script(con, "read_sketches").fetchall()
    packed = {number: (article_id, sketch) for number, article_id, sketch in rows}
    found = run_script(con, "list_hot_paragraphs", largest_shingle=LARGEST_KEY).fetchall()
    hot = frozenset(key for (key,) in found)
    for one_no, others in groupby(pairs, key=itemgetter(0)):
        one = _Known.unpack(*packed[one_no])
        for _, other_no in others:
            other = _Known.unpack(*packed[other_no])
            if may_repeat(one.runs, other.runs):
                yield from _judge_pair(one, other, hot)


@dataclass(frozen=True, slots=True)
class _Known:
    """What an article is compared by."""

    article_id: str
    sketch: Sketch
    runs: Runs

    @classmethod
    def unpack(cls, article_id: str, packed: bytes) -> _Known:
        sketch = unpack_sketch(packed)
        return cls(article_id, sketch, list_runs(sketch))


def _judge_pair(one: _Known, other: _Known, hot: frozenset[int]) -> Iterator[Row]:
    lesser, greater = sorted((one, other), key=lambda known: known.article_id)
    alignment = align(lesser.sketch, greater.sketch, hot=hot)
    verdict = judge(lesser.sketch, greater.sketch, alignment)
    if verdict.is_duplicate:
        yield _pair_row(lesser.article_id, greater.article_id, verdict)


def _pair_row(article_id: str, other_id: str, verdict: Verdict) -> Row:
    return {
        "article_id": article_id, "other_id": other_id, "kind": verdict.kind,
        "jaccard": verdict.jaccard, "containment": verdict.containment, "score": verdict.score,
        "common_words": verdict.common_words, "facts_aligned": verdict.facts_aligned,
        "facts_agreed": verdict.facts_agreed, "title_overlap": verdict.title_overlap, "rule": RULE,
    }  # fmt: skip


def pair_missing(con: Connection) -> int:
    """Find the duplicates of up to 2,000 current versions never compared; return how many.

    0 when there are none. For versions that an older newshouse loaded.
    """
    missing = fetch_rows(con, "find_unsketched", limit=AT_ONCE)
    if not missing:
        return 0
    rows = [sketch_row(row) for row in missing]
    with lent(con, "unsketched", rows, UNSKETCHED):
        run_script(con, "keep_unsketched")
    pair_articles(con)
    con.execute("CREATE OR REPLACE TEMP VIEW touched AS FROM affected")
    run_script(con, "settle_current")
    con.execute("DROP VIEW touched")
    return len(missing)


def sketch_row(row: Row) -> Row:
    """Return what a version is compared by, `row` having article_id, version, title and text."""
    shingles, sketch = sketch_whole(row["title"], row["text"])
    return {
        "article_id": row["article_id"], "version": row["version"], "shingles": shingles,
        "sketch": pack_sketch(sketch),
    }  # fmt: skip
