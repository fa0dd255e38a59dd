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
from etl.records import FeedState, make_id
from etl.store.adhoc import Result, take_result
from etl.store.connect import open_reader
from etl.store.rows import feed_state
from etl.store.sql import Connection, fetch_rows, run_script

Row = dict[str, Any]

MIN_SIMILARITY = 0.75
"""Below this a near miss is a guess, and worse than no hint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """Everything the warehouse knows of one article; the rows' columns are the queries'."""

    article: Row
    versions: tuple[Row, ...]
    entities: tuple[Row, ...]
    dates: tuple[Row, ...]
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
        raise WarehouseError(
            f"{published} was published by another version of newshouse ({error}); "
            "run `newshouse ingest` to bring it to this one"
        ) from error
    finally:
        con.close()


def search_articles(
    con: Connection,
    words: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    source: str | None = None,
    entity: str | None = None,
    language: str | None = None,
    limit: int = 20,
) -> Result:
    """Return articles that have every word, best first: see `queries/search_articles.sql`.

    Args:
        con: the snapshot.
        words: words, and phrases in double quotes; none find nothing.
        since: earliest publication.
        until: publication before this.
        source: a registrable domain, or a host under it.
        entity: a name or alias the article mentions, in any case and accents.
        language: ISO 639-1.
        limit: most rows.
    """
    return take_result(
        run_script(
            con, "search_articles",
            words=words, since=since, until=until, source=source, entity=entity,
            language=language, limit=limit,
        )
    )  # fmt: skip


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
        "read_versions", "read_article_entities", "read_article_dates", "read_story_members",
        "read_provenance",
    )  # fmt: skip
    versions, entities, dates, story, provenance = (
        tuple(fetch_rows(con, name, article_id=article_id)) for name in names
    )
    return ArticleFile(
        article=article, versions=versions, entities=entities, dates=dates, story=story,
        provenance=provenance,
    )  # fmt: skip


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
