"""Forgetting: what goes out of the warehouse with an article, and what keeps it out afterwards.

All of it is done in the transaction of the caller. What deleted rows leave in free blocks of the
file goes with `rewrite`, what archived records hold with `archive.redact`.
"""

# ruff: noqa: S608 - table names come from the catalogue of the warehouse itself

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from etl.records import PageRef, Redaction, make_id
from etl.store.check import iter_page_refs
from etl.store.duplicates import pair_articles
from etl.store.entries import has_tombstones
from etl.store.events import group_events
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, Row, lent
from etl.store.targets import Target
from etl.tag.names import fold_name

SOUGHT = pa.schema(
    {"article_id": TEXT, "reason": TEXT, "entry_id": TEXT, "url_id": TEXT, "url": TEXT}
)
DOCUMENTS = pa.schema({"page_id": TEXT})

Carries = Callable[[PageRef, frozenset[str]], bool]
"""Whether an archived feed document has any of these words in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was, or would be, forgotten.

    Attributes:
        targets: as they were understood.
        rows: table: rows deleted, or stripped of every word.
        records: archived records whose payload goes, by kind: page, entry, feed.
        record_bytes: their compressed length.
        copies: articles elsewhere that repeat what was forgotten and stay.
    """

    targets: tuple[Target, ...]
    rows: dict[str, int]
    records: dict[str, int]
    record_bytes: int
    copies: tuple[Row, ...]


def forget(
    con: Connection,
    targets: Sequence[Target],
    *,
    reason: str,
    now: datetime,
    carries: Carries,
    with_copies: bool = False,
) -> Forgotten:
    """Take everything of `targets` out of the warehouse and return what that was.

    Args:
        con: in a transaction of the caller's, which may roll it back.
        targets: see `find_targets`; what was forgotten before is only barred anew.
        reason: why; kept.
        now: when.
        carries: looks into feed documents that may have carried it.
        with_copies: the articles that repeat it too, and those that repeat these.
    """
    sought = [_seek(target, reason) for target in targets]
    copies = _list_copies(con, sought)
    while with_copies and copies:
        sought += [
            {"article_id": copy["article_id"], "reason": reason, "entry_id": None}
            for copy in copies
        ]
        copies = _list_copies(con, sought)
    with lent(con, "sought_rows", sought, SOUGHT):
        con.execute("CREATE OR REPLACE TEMP TABLE sought AS FROM sought_rows")
    run_script(con, "reach_forgotten")
    _look_into_documents(con, carries)
    rows = _count_stripped(con)
    already = {one.page_id for one in find_redactions(con)}
    run_script(con, "forget_entries", now=now, command="forget")
    fresh = [one for one in find_redactions(con) if one.page_id not in already]
    rows |= _delete_articles(con)
    return Forgotten(
        targets=tuple(targets),
        rows={name: count for name, count in rows.items() if count},
        records=_count_kinds(fresh),
        record_bytes=sum(one.warc_length for one in fresh),
        copies=tuple(copies),
    )


def bury_pages(con: Connection) -> bool:
    """Take what was forgotten out of the batch in `staged`; return whether there was any.

    `forget_buried` has to follow once the batch is loaded.
    """
    if not has_tombstones(con):
        return False
    run_script(con, "bury_pages")
    if con.execute("FROM buried LIMIT 1").fetchone() is None:
        return False
    run_script(con, "bury_staged")
    return True


def forget_buried(con: Connection, *, now: datetime) -> None:
    """Strip what `bury_pages` found of its words: entries, pages, exchanges."""
    run_script(con, "reach_forgotten")
    run_script(con, "forget_entries", now=now, command="ingest")


def find_redactions(con: Connection, *, is_done: bool = False) -> tuple[Redaction, ...]:
    """Return the records still to be redacted, or those that were, as they lie in the archive."""
    try:
        rows = fetch_rows(con, "list_redactions", is_done=is_done)
    except duckdb.CatalogException:  # an older newshouse's: it could not forget anything
        return ()
    return tuple(Redaction(**row) for row in rows)


def _seek(target: Target, reason: str) -> Row:
    return {
        "article_id": target.article_id,
        "reason": reason,
        "entry_id": target.entry_id,
        "url_id": target.url_id,
        "url": target.url,
    }


def _list_copies(con: Connection, sought: list[Row]) -> list[Row]:
    with lent(con, "sought_rows", sought, SOUGHT):
        return fetch_rows(con, "list_copies")


def _look_into_documents(con: Connection, carries: Carries) -> None:
    """Find out which feed documents that may have carried an entry did."""
    words = con.execute(
        "SELECT url FROM forgotten_addresses UNION SELECT guid FROM raw.entries "
        "SEMI JOIN forgotten_entries USING (entry_id) WHERE length(guid) > 8 "
        "UNION SELECT title FROM raw.entries SEMI JOIN forgotten_entries USING (entry_id) "
        "WHERE length(title) > 20"
    ).fetchall()
    known_by = frozenset(word for (word,) in words if word)
    doubtful = {
        page_id
        for (page_id,) in con.execute(
            "SELECT page_id FROM forgotten_documents WHERE NOT is_certain"
        ).fetchall()
    }
    if not known_by or not doubtful:
        return
    refs = [ref for ref in iter_page_refs(con) if ref.page_id in doubtful]
    found = [{"page_id": ref.page_id} for ref in refs if carries(ref, known_by)]
    with lent(con, "carrying", found, DOCUMENTS):
        con.execute(
            "UPDATE forgotten_documents SET is_certain = true "
            "WHERE page_id IN (SELECT page_id FROM carrying)"
        )


def _count_stripped(con: Connection) -> dict[str, int]:
    """Return how many rows stay without their words."""
    rows = con.execute(
        "SELECT 'core.entries', count(*) FROM core.entries "
        "SEMI JOIN forgotten_entries USING (entry_id) WHERE outcome <> 'forgotten' "
        "UNION ALL SELECT 'raw.entries', count(*) FROM raw.entries "
        "SEMI JOIN forgotten_entries USING (entry_id) "
        "WHERE coalesce(guid, url, title) IS NOT NULL "
        "UNION ALL SELECT 'raw.pages', count(*) FROM raw.pages "
        "SEMI JOIN forgotten_pages USING (page_id) WHERE NOT starts_with(url, 'forgotten:') "
        "UNION ALL SELECT 'raw.fetches', count(*) FROM raw.fetches "
        "WHERE kind = 'page' AND (url IN (SELECT url FROM forgotten_addresses) "
        "OR final_url IN (SELECT url FROM forgotten_addresses))"
    ).fetchall()
    return dict(rows)


def _delete_articles(con: Connection) -> dict[str, int]:
    """Delete every row of the articles, and label their stories' others as if they had not been."""
    run_script(con, "forget_articles")
    run_script(con, "forget_postings")
    deleted = {row["name"]: _delete_rows(con, row["name"]) for row in _article_tables(con)}
    before = _count_rows(con, "core.entities")
    run_script(con, "settle_forgotten")
    _rename_entities(con)
    pair_articles(con)
    group_events(con)
    con.execute("CREATE OR REPLACE TEMP VIEW touched AS FROM affected")
    run_script(con, "settle_current")
    con.execute("CREATE OR REPLACE TEMP VIEW recounted AS FROM named_there")
    run_script(con, "recount_entities")
    return deleted | {"core.entities": before - _count_rows(con, "core.entities")}


def _article_tables(con: Connection) -> list[Row]:
    return fetch_rows(con, "list_article_tables")


def _delete_rows(con: Connection, table: str) -> int:
    row = con.execute(
        f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM forgotten)"
    ).fetchone()
    return int(row[0]) if row else 0


def _count_rows(con: Connection, table: str) -> int:
    row = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _rename_entities(con: Connection) -> None:
    """Call entities as those who are left do, where only the forgotten had the name in full.

    A name out of our own lists is nobody's; one that a title has stays too.
    """
    ways: dict[tuple[str, str, str], set[str]] = {}
    told = set()
    for row in fetch_rows(con, "read_shared_names"):
        written = " ".join(row["surface"].split())
        key = row["entity_id"], row["kind"], row["name"]
        ways.setdefault(key, set())
        if row["is_told"] or _name_id(row["kind"], row["name"]) != row["entity_id"]:
            told.add(key)
        if _name_id(row["kind"], written) == row["entity_id"]:
            ways[key].add(written)
    changed = [
        (min(names, key=lambda name: (-len(name), name)), entity_id)
        for (entity_id, kind, name), names in ways.items()
        if names and name not in names and (entity_id, kind, name) not in told
    ]
    if changed:
        con.executemany("UPDATE core.entities SET name = ? WHERE entity_id = ?", changed)


def _name_id(kind: str, name: str) -> str:
    return make_id(kind, fold_name(name).removeprefix("the "))


def _count_kinds(redactions: Sequence[Redaction]) -> dict[str, int]:
    kinds = [one.kind for one in redactions]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}
