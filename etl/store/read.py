"""Questions to the published snapshot, by name. Nothing here writes, nothing waits for a run.

A run may replace the snapshot at any moment: open it with `reading`, ask, and leave.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from etl.errors import WarehouseError
from etl.records import Derivation, FeedState, PageRef, make_id
from etl.store.connect import open_reader
from etl.store.migrate import explain_age
from etl.store.rows import feed_state, take_validators
from etl.store.sql import Connection, fetch_rows

Row = dict[str, Any]

MIN_SIMILARITY = 0.75
"""Below this a near miss is a guess, and worse than no hint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """Everything the warehouse knows of one article; the rows' columns are the queries'."""

    article: Row
    versions: tuple[Row, ...]
    changes: tuple[Row, ...]
    entities: tuple[Row, ...]
    dates: tuple[Row, ...]
    copies: tuple[Row, ...]
    story: tuple[Row, ...]
    provenance: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How feeds, runs and counts stand in the snapshot; `lag` is None before any new article."""

    counts: Row
    feeds: dict[str, int]
    troubled: tuple[Row, ...]
    lag: Row | None
    runs: tuple[Row, ...]
    alarms: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The process that is writing, and since when (UTC)."""

    pid: int
    since: datetime


@contextmanager
def reading(published: Path) -> Iterator[Connection]:
    """Open the snapshot for one command.

    Raises:
        WarehouseError: there is none, it cannot be read, or it is too old for our queries.
    """
    con = open_reader(published)
    try:
        yield con
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        age = explain_age(con) or "`newshouse ingest` publishes it anew"
        raise WarehouseError(f"{published} cannot answer this: {age} ({error})") from error
    finally:
        con.close()


def find_article(con: Connection, name: str) -> str | None:
    """Return the id of the article that `name`, an id or an address, means; None = unknown."""
    rows = fetch_rows(con, "find_article", wanted=name.strip(), url_id=_url_id(name.strip()))
    return str(rows[0]["article_id"]) if rows else None


def _url_id(name: str) -> str | None:
    if "." not in name or " " in name:
        return None
    from etl.urls import identity  # noqa: PLC0415 - its suffix list takes 0.2 s; ids need none

    return make_id(identity(name if "://" in name else f"https://{name}"))


def find_nearest_article(con: Connection, name: str) -> Row | None:
    """Return id, URL and title of the article spelled most like `name`; None = none is near."""
    for row in fetch_rows(con, "find_nearest_article", wanted=name):
        if row["similarity"] >= MIN_SIMILARITY:
            return row
    return None


def read_article(con: Connection, article_id: str) -> ArticleFile:
    """Return everything known of an article that is there."""
    (article,) = fetch_rows(con, "read_article", article_id=article_id)
    names = (
        "read_versions", "read_told_changes", "read_article_entities", "read_article_dates",
        "read_copies", "read_story_members", "read_provenance",
    )  # fmt: skip
    versions, changes, entities, dates, copies, story, provenance = (
        tuple(fetch_rows(con, name, article_id=article_id)) for name in names
    )
    return ArticleFile(
        article=article, versions=versions, changes=changes, entities=entities, dates=dates,
        copies=copies, story=story, provenance=provenance,
    )  # fmt: skip


def read_lineage(con: Connection, article_id: str) -> tuple[Row, ...]:
    """Return the way of each version of an article back to raw bytes, oldest first."""
    return tuple(fetch_rows(con, "read_lineage", article_id=article_id))


def find_page_ref(con: Connection, article_id: str, *, version: int | None) -> PageRef | None:
    """Return where a version's raw bytes lie, None for the current; None if there is no such."""
    rows = fetch_rows(con, "find_page_ref", article_id=article_id, version=version)
    return PageRef(validators=take_validators(rows[0]), **rows[0]) if rows else None


def count_derivations(con: Connection, *, present: Derivation) -> tuple[Row, ...]:
    """Return by what versions were made, and whether that is `present`; most versions first."""
    return tuple(fetch_rows(con, "count_derivations", derivation_id=present.derivation_id))


def read_health(con: Connection, *, runs: int, now: datetime, every_s: int) -> Health:
    """Return how the house stands at `now`, with the last `runs` runs, newest first.

    Among the alarms is the one no run can raise: that none has run for thrice its time, which is
    `every_s` seconds at least.
    """
    overdue = fetch_rows(con, "find_missing_run", now=now, every_s=float(every_s))
    (counts,) = fetch_rows(con, "count_rows")
    lag = fetch_rows(con, "measure_lag")
    return Health(
        counts=counts,
        feeds={row["state"]: row["feeds"] for row in fetch_rows(con, "count_feeds")},
        troubled=tuple(fetch_rows(con, "list_troubled_feeds")),
        lag=lag[0] if lag else None,
        runs=tuple(fetch_rows(con, "list_last_runs", limit=runs)),
        alarms=(*overdue, *fetch_rows(con, "list_open_alarms")),
    )


def read_feed_states(con: Connection, *, now: datetime) -> tuple[FeedState, ...]:
    """Return the state of every subscribed feed that is not paused."""
    rows = fetch_rows(con, "find_due_feeds", now=now, feed_urls=None, all=True)
    return tuple(feed_state(row) for row in rows)


def list_subscribed(con: Connection) -> tuple[Row, ...]:
    """Return state and times of every subscribed feed."""
    return tuple(fetch_rows(con, "list_subscribed_feeds"))


def list_merges(con: Connection, *, feed_url: str | None) -> tuple[Row, ...]:
    """Return the merges of entries, the last first; of one feed, or of all."""
    return tuple(fetch_rows(con, "list_merges", feed_url=feed_url))


def find_writer(folder: Path) -> Writer | None:
    """Return who writes to the warehouse in `folder`, None when nobody does.

    Only looks: trying the lock would make a run that starts this instant fail. A killed
    process leaves its note behind, so its id must be alive too.
    """
    note = folder / "writer.json"
    try:
        pid = int(json.loads(note.read_text("utf-8"))["pid"])
        since = datetime.fromtimestamp(note.stat().st_mtime, UTC)
        os.kill(pid, 0)
    except PermissionError:
        return Writer(pid=pid, since=since)
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return None
    return Writer(pid=pid, since=since)
