"""Entries we know: which of them an item might be, what feeds carried, and merges undone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from etl.errors import WarehouseError
from etl.feeds.matching.traits import is_specific
from etl.feeds.reading.dates import parse_date
from etl.records import Entry, KnownEntry, make_id
from etl.store.sql import Connection, fetch_rows, run_script
from etl.store.stage import TEXT, TIME, lent, url_id
from etl.urls import is_http_url

WANTED = pa.schema({
    "entry_id": TEXT, "feed_url": TEXT, "guid": TEXT, "url_id": TEXT, "title": TEXT,
    "published_at": TIME, "guid_id": TEXT,
})  # fmt: skip

MIN_CARRIED_CHARS = 200
"""Less HTML than this is a teaser, whatever the feed calls it."""

GUID_CHARS = 32
"""Of the hash of feed and guid, as `queries/reach_forgotten.sql` makes it too."""

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
            "guid_id": _guid_id(entry),
        }
        for entry in entries
    ]
    with lent(con, "wanted", wanted, WANTED):
        rows = fetch_rows(con, "find_known_entries", newest=NEWEST)
        barred = fetch_rows(con, "find_barred_entries") if has_tombstones(con) else []
    remembered = _speak_again(entries, {row["item_id"]: row["entry_id"] for row in barred})
    silent = {one.entry_id for one in remembered}
    known = tuple(KnownEntry(**row) for row in rows if row["entry_id"] not in silent)
    return known + remembered


def _speak_again(entries: Sequence[Entry], entry_ids: Mapping[str, str]) -> tuple[KnownEntry, ...]:
    """Return entries that were forgotten as if they said what the items say that are them.

    They have no words left to be recognised by; hashes told which they are.
    """
    found: dict[str, KnownEntry] = {}
    for entry in entries:
        entry_id = entry_ids.get(entry.entry_id)
        if entry_id is not None and (entry_id not in found or entry_id == entry.entry_id):
            found[entry_id] = KnownEntry(
                entry_id=entry_id,
                feed_url=entry.feed_url,
                guid=entry.guid,
                url=entry.url,
                title=entry.title,
                published_raw=entry.published_raw,
                published_at=entry.published_at,
                fingerprint=entry.fingerprint,
                article_id=None,
                due_at=None,
            )
    return tuple(found.values())


def _guid_id(entry: Entry) -> str | None:
    """Return the hash a guid is remembered by; None for one that names a place, not an item."""
    if entry.guid is None or not (is_specific(entry.guid) or is_http_url(entry.guid)):
        return None
    return hashlib.sha256(f"{entry.feed_url} {entry.guid}".encode("utf-8", "replace")).hexdigest()[
        :GUID_CHARS
    ]


def has_tombstones(con: Connection) -> bool:
    """Return whether anything was ever forgotten."""
    (row,) = fetch_rows(con, "has_tombstones")
    return bool(row["has_tombstones"])


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
