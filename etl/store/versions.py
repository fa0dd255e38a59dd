"""What the pages of a batch are to the articles we have: moved, the same, changed, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from etl.dedup.churn import is_churn
from etl.dedup.compare import classify_change
from etl.dedup.differences import Difference, find_differences
from etl.dedup.moves import find_move_evidence
from etl.dedup.stretches import find_stretch
from etl.store.duplicates import sketch_row
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, Row, lent, url_id

MOVED = pa.schema({
    "entry_id": TEXT, "article_id": TEXT, "was_url": TEXT, "now_url": TEXT, "evidence": TEXT,
})  # fmt: skip
STANDING = pa.schema({
    "article_id": TEXT, "role": TEXT, "base_version": pa.int32(), "page_id": TEXT,
    "is_carried": pa.bool_(), "url": TEXT, "found_id": TEXT,
})  # fmt: skip
WEIGHED = pa.schema({"article_id": TEXT, "verdict": TEXT, "change": TEXT})
CHANGES = pa.schema({
    "article_id": TEXT, "version": pa.int32(), "position": pa.int32(), "field": TEXT,
    "kind": TEXT, "was": TEXT, "now": TEXT,
})  # fmt: skip
REOPENED = pa.schema({
    "article_id": TEXT, "version": pa.int32(), "shingles": pa.list_(pa.uint32()),
    "sketch": pa.binary(),
})  # fmt: skip

TOLD_AT_ONCE = 500
"""Versions of older warehouses whose changes are told in one transaction."""


def find_moves(con: Connection) -> None:
    """Let staged pages that are their entry's article at another address belong to it."""
    if not fetch_rows(con, "find_strayed")[0]["holds"]:
        return
    moved = [
        row | {"evidence": evidence}
        for row in fetch_rows(con, "find_moves")
        if (evidence := find_move_evidence(*_states(row)))
    ]
    if moved:
        with lent(con, "moved", moved, MOVED):
            run_script(con, "load_moves")


def decide_versions(con: Connection) -> bool:
    """Make the table `decided` of `staged`, and load what each change consists of.

    What a better page now replaces is taken back; return whether there is any: then
    `settle_versions` is due after the load.
    """
    run_script(con, "sight_articles")
    standing = [
        row | {"found_id": url_id(row["final_url"])} for row in fetch_rows(con, "read_standing")
    ]
    with lent(con, "standing", standing, STANDING):
        run_script(con, "decide_versions")
    weighed, changes = _weigh_changes(fetch_rows(con, "read_changes"))
    with lent(con, "weighed", weighed, WEIGHED):
        run_script(con, "weigh_versions")
    run_script(con, "note_unsaid")
    has_undone = bool(fetch_rows(con, "find_undone"))
    if has_undone:
        run_script(con, "undo_versions")
    _load_changes(con, changes)
    return has_undone


def _weigh_changes(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return what each change is called, and what it consists of; churn is no change."""
    weighed: list[Row] = []
    changes: list[Row] = []
    for row in rows:
        stretch = find_stretch(row["old_text"], row["new_text"], language=row["language"])
        states = row["old_title"], stretch.old, row["new_title"], stretch.new
        if is_churn(*states, language=row["language"]):
            weighed.append({"article_id": row["article_id"], "verdict": "same", "change": None})
            continue
        differences = find_differences(*states, language=row["language"])
        change = classify_change(
            stretch.old, stretch.new, differences, around=stretch.around
        )  # fmt: skip
        weighed.append({"article_id": row["article_id"], "verdict": "changed", "change": change})
        changes += _change_rows(row, differences)
    return weighed, changes


def settle_versions(con: Connection) -> None:
    """Let versions that are current again be compared with other articles again."""
    reopened = [sketch_row(row) for row in fetch_rows(con, "read_reopened")]
    if reopened:
        with lent(con, "reopened", reopened, REOPENED):
            run_script(con, "keep_reopened")


def find_untold_changes(con: Connection) -> list[Row]:
    """Return versions, a batch of them, whose changes were never told; none = all are."""
    return fetch_rows(con, "find_untold_changes", limit=TOLD_AT_ONCE)


def tell_changes(con: Connection, rows: Sequence[Row]) -> None:
    """Load what `rows`, of `find_untold_changes`, changed against the version before them."""
    _load_changes(con, [
        change
        for row in rows
        for change in _change_rows(row, find_differences(*_states(row), language=row["language"]))
    ])  # fmt: skip


def _change_rows(row: Row, differences: Sequence[Difference]) -> Iterator[Row]:
    for position, one in enumerate(differences, start=1):
        yield {
            "article_id": row["article_id"], "version": row["version"], "position": position,
            "field": one.field, "kind": one.kind, "was": one.was, "now": one.now,
        }  # fmt: skip


def _load_changes(con: Connection, changes: list[Row]) -> None:
    if changes:
        with lent(con, "found", changes, CHANGES):
            run_script(con, "load_changes")


def _states(row: Row) -> tuple[str, str, str, str]:
    return row["old_title"], row["old_text"], row["new_title"], row["new_text"]
