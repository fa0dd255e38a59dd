"""Entries we know: which of them an item might be, what feeds carried, and merges undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pyarrow as pa

from etl.errors import WarehouseError
from etl.feeds.reading.dates import parse_date
from etl.records import Entry, KnownEntry, make_id
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, TIME, lent, url_id

WANTED = pa.schema({
    "entry_id": TEXT, "feed_url": TEXT, "guid": TEXT, "url_id": TEXT, "title": TEXT,
    "published_at": TIME,
})  # fmt: skip

MIN_CARRIED_CHARS = 200
"""Less HTML than this is a teaser, whatever the feed calls it."""

NEWEST = 20
"""Most entries of one feed looked at that share a guid, an address, a title or a date."""


def find_known_entries(con: Connection, entries: Sequence[Entry]) -> tuple[KnownEntry, ...]:
    """See `ports.Store.find_known_entries`."""
    if not entries:
        return ()
    wanted = [
        {
            "entry_id": entry.entry_id,
            "feed_url": entry.feed_url,
            "guid": entry.guid,
            "url_id": url_id(entry.url) if entry.url else None,
            "title": entry.title,
            "published_at": entry.published_at,
        }
        for entry in entries
    ]
    with lent(con, "wanted", wanted, WANTED):
        rows = fetch_rows(con, "find_known_entries", newest=NEWEST)
    return tuple(KnownEntry(**row) for row in rows)


def find_carried(con: Connection, entry_ids: Sequence[str]) -> dict[str, str]:
    """See `ports.Store.find_carried`."""
    wanted = [{"entry_id": entry_id} for entry_id in entry_ids]
    with lent(con, "wanted", wanted, WANTED):
        rows = fetch_rows(con, "find_carried", min_chars=MIN_CARRIED_CHARS)
    return {row["entry_id"]: row["content_html"] for row in rows}


def split_entry(con: Connection, merge_id: str, *, now: datetime) -> str:
    """Undo a merge and return the id of the entry that is one of its own again.

    Raises:
        WarehouseError: there is no such merge, or it was undone before.
    """
    rows = fetch_rows(con, "read_merge", merge_id=merge_id)
    if not rows:
        raise WarehouseError(
            f"there is no merge {merge_id}; the view entry_merges lists those there are"
        )  # fmt: skip
    (merge,) = rows
    if merge["split_at"] is not None:
        raise WarehouseError(f"merge {merge_id} was undone already, at {merge['split_at']}")
    fresh_id = make_id("split", merge_id)
    run_script(
        con,
        "split_entry",
        merge_id=merge_id,
        fresh_id=fresh_id,
        was_url_id=url_id(merge["was_url"]) if merge["was_url"] else None,
        was_published_at=parse_date(merge["published_raw"]),
        now=now,
    )
    return fresh_id
