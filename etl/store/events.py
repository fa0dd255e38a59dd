"""Which articles tell of one event, and so are one story; a batch at a time.

Words, pairs and labels are brought into line with the articles there are, by what differs: so it
is no matter by which way they changed, and every table is a function of the articles alone. Runs
inside the caller's transaction.
"""

from __future__ import annotations

import pyarrow as pa

from etl.events import link_average, weigh_words
from etl.events.rules import (
    LEAST_AVERAGE,
    LEAST_SHARED,
    LEAST_SIMILARITY,
    OUTSTANDING,
    PERIOD_DAYS,
    WINDOW_DAYS,
)
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, Row, lent
from etl.terms import BODY_AT, index_words

DAY_S = 86_400

AT_ONCE = 2_000
"""Texts read for their words in one transaction: some 10 MB."""

TOLD = pa.schema({
    "article_id": TEXT, "event_keys": pa.list_(pa.uint32()),
    "event_weights": pa.list_(pa.uint16()),
})  # fmt: skip
GROUPED = pa.schema({"member_id": TEXT, "group_no": pa.int32(), "is_central": pa.bool_()})


def group_events(con: Connection, *, is_loading: bool = False) -> bool:
    """Bring the stories into line with the articles there are; return whether anything was to do.

    Articles without words, of which `told` does not have them either, are taken in 2,000 at a
    time: call it again until it returns False.

    Args:
        con: within a transaction.
        is_loading: the temporary view `told` has the articles of this batch with their words, and
            `kept` names those that are new or changed.
    """
    changed = "SELECT article_id FROM kept" if is_loading else "SELECT '' AS article_id LIMIT 0"
    con.execute(f"CREATE OR REPLACE TEMP VIEW reworded AS {changed}")
    run_script(con, "find_event_changes")
    (counts,) = con.execute(
        "SELECT (SELECT count(*) FROM event_gone) + (SELECT count(*) FROM event_wanted)"
    ).fetchall()
    if not counts[0]:
        run_script(con, "settle_stories")
        return False
    if is_loading:
        con.execute("CREATE OR REPLACE TEMP VIEW event_told AS FROM told")
        run_script(con, "take_event_words")
        con.execute("DROP VIEW event_told")
    _read_words(con)
    run_script(con, "count_event_words", period_s=PERIOD_DAYS * DAY_S)
    run_script(
        con, "pair_events", window_us=WINDOW_DAYS * DAY_S * 1_000_000, outstanding=OUTSTANDING,
        least_shared=LEAST_SHARED, least_similarity=LEAST_SIMILARITY,
    )  # fmt: skip
    _label(con)
    run_script(con, "settle_stories")
    return True


def _read_words(con: Connection) -> None:
    """Read the words of those texts that came without."""
    rows = fetch_rows(con, "find_unworded", limit=AT_ONCE)
    if not rows:
        return
    with lent(con, "event_told", [_word_row(row) for row in rows], TOLD):
        run_script(con, "take_event_words")


def _word_row(row: Row) -> Row:
    indexed = index_words(title=row["title"], text=row["text"], language=row["language"])
    keys, weights = weigh_words(indexed, body_at=BODY_AT)
    return {"article_id": row["article_id"], "event_keys": keys, "event_weights": weights}


def _label(con: Connection) -> None:
    """Label the stories of everything that hangs together with a pair that changed."""
    pairs = {
        (row["article_id"], row["other_id"]): row["millionths"]
        for row in fetch_rows(con, "find_stirred_events", least_average=LEAST_AVERAGE)
    }
    rows = [
        {"member_id": member, "group_no": number, "is_central": member == group.central}
        for number, group in enumerate(link_average(pairs, least=LEAST_AVERAGE))
        for member in group.members
    ]
    with lent(con, "grouped", rows, GROUPED):
        run_script(con, "label_events")
