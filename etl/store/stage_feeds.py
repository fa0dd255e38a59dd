"""Polled feeds as Parquet: one row a feed, with what its poll brought nested in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from etl.records import FeedState, Merge, Met, Polled, make_id
from etl.store.stage import (
    EXCHANGE,
    PAGE,
    TEXT,
    TIME,
    Row,
    departure_row,
    exchange_row,
    fields,
    page_row,
    struct,
    write_rows,
)

SUBSCRIBED = pa.schema({"url": TEXT, "title": TEXT, "tags": pa.list_(TEXT)})
ENTRY = struct(
    entry_id=TEXT, guid=TEXT, url=TEXT, url_id=TEXT, title=TEXT, published_raw=TEXT,
    published_at=TIME, updated_raw=TEXT, authors=pa.list_(TEXT), summary=TEXT, content_html=TEXT,
    fingerprint=TEXT, is_new=pa.bool_(), is_stated=pa.bool_(), is_due=pa.bool_(), outcome=TEXT,
    reason=TEXT, detail=TEXT, merge_id=TEXT, merge_reason=TEXT, evidence=TEXT, was_guid=TEXT,
    was_url=TEXT, was_title=TEXT, page_id=TEXT,
)  # fmt: skip
POLLED = pa.schema({
    "feed_url": TEXT, "title": TEXT, "format": TEXT, "state": TEXT, "etag": TEXT,
    "last_modified": TEXT, "validators_url": TEXT, "body_sha256": TEXT, "last_polled_at": TIME,
    "last_new_at": TIME, "next_poll_at": TIME, "interval_s": pa.int32(),
    "consecutive_failures": pa.int32(), "last_status": pa.int32(), "last_error": TEXT,
    "address": TEXT, "move_target": TEXT, "move_sightings": pa.int32(),
    "move_first_seen_at": TIME, "lied_at": TIME, "failing_since": TIME, "floor_s": pa.int32(),
    "arrivals": pa.list_(pa.float64()), "arrivals_since": TIME, "arrivals_as_of": TIME,
    "newest_entry_at": TIME, "missed_estimate": pa.int32(), "silent_at": TIME,
    "window_entries": pa.int32(), "skip_hours": pa.list_(pa.int32()),
    "skip_days": pa.list_(pa.int32()),
    "is_unchanged": pa.bool_(), "is_failed": pa.bool_(), "exchanges": pa.list_(EXCHANGE),
    "pages": pa.list_(PAGE), "alarms": pa.list_(struct(kind=TEXT, detail=TEXT)),
    "entries": pa.list_(ENTRY),
})  # fmt: skip


def stage_polled(batch: Iterable[Polled], path: Path, *, run_id: str) -> None:
    """Write one row a polled feed to `path`."""
    write_rows([_polled_row(polled, run_id) for polled in batch], POLLED, path)


def _polled_row(polled: Polled, run_id: str) -> Row:
    return {
        **_state_row(polled.state),
        "is_unchanged": polled.is_unchanged,
        "is_failed": polled.is_failed,
        "exchanges": [exchange_row(exchange) for exchange in polled.exchanges],
        "pages": [page_row(page) for page in polled.pages],
        "alarms": [fields(alarm) for alarm in polled.alarms],
        "entries": [
            _met_row(met, run_id) | {"page_id": _page_id(polled, met)} for met in polled.met
        ],
    }


def _state_row(state: FeedState) -> Row:
    row = fields(state)
    row["etag"] = state.validators.etag
    row["last_modified"] = state.validators.last_modified
    row["validators_url"] = state.validators.url
    row["skip_hours"] = sorted(state.skip_hours)
    row["skip_days"] = sorted(state.skip_days)
    if move := state.move:
        row["move_target"] = move.target
        row["move_sightings"] = move.sightings
        row["move_first_seen_at"] = move.first_seen_at
    if rhythm := state.rhythm:
        row["arrivals"] = rhythm.arrivals
        row["arrivals_since"] = rhythm.since
        row["arrivals_as_of"] = rhythm.as_of
    return row


def _met_row(met: Met, run_id: str) -> Row:
    return {
        **fields(met.entry),
        "url_id": met.url_id,
        "is_new": met.is_new,
        "is_stated": met.is_stated,
        "is_due": met.is_due,
        **departure_row(met.departure),
        **(_merge_row(met.merge, met, run_id) if met.merge else {}),
    }


def _page_id(polled: Polled, met: Met) -> str | None:
    """Return the archived document an entry stands in."""
    return polled.pages[met.entry.document].page_id if polled.pages else None


def _merge_row(merge: Merge, met: Met, run_id: str) -> Row:
    return {
        "merge_id": make_id("merge", met.entry.entry_id, run_id),
        "merge_reason": merge.reason,
        "evidence": merge.evidence,
        "was_guid": merge.was_guid,
        "was_url": merge.was_url,
        "was_title": merge.was_title,
    }
