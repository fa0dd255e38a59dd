"""Feeds and their entries, and what a poll made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from etl.outcomes import Outcome, Reason
from etl.records.web import Exchange, PageRef, Validators

FeedKind = Literal["rss", "atom", "rdf", "json", "sitemap", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed the user asked for. `title` is None when the user gave none."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What we know of a feed between polls; `feeds.decide` makes the next from the last."""

    feed_url: str
    title: str | None = None
    format: FeedKind | None = None
    state: Literal["active", "failing", "gone", "paused"] = "active"
    validators: Validators = field(default_factory=Validators)
    body_sha256: str | None = None
    last_polled_at: datetime | None = None
    last_new_at: datetime | None = None
    next_poll_at: datetime | None = None
    interval_s: int | None = None
    consecutive_failures: int = 0
    last_status: int | None = None
    last_error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as received and as read.

    `url` is absolute, None when the item has none; `fingerprint` changes when the publisher
    changes what the entry says (link, title, updated time).
    """

    entry_id: str
    feed_url: str
    guid: str | None
    url: str | None
    title: str | None
    published_raw: str | None
    published_at: datetime | None
    updated_raw: str | None
    updated_at: datetime | None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    content_html: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed document. `ttl_s` is the poll interval the feed itself asks for."""

    url: str
    format: FeedKind
    title: str | None
    home_url: str | None
    entries: tuple[Entry, ...]
    ttl_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """What we remember of an entry.

    `article_id` is None while no article came of it; `due_at` is when its page is to be fetched
    on its own account, None = not.
    """

    entry_id: str
    fingerprint: str
    article_id: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How an entry left the run."""

    entry_id: str
    outcome: Outcome
    reason: Reason | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An entry met in a poll and what was decided of it.

    `is_stated` when the publisher says something we had not heard; `is_due` when its page is to
    be fetched in this run, and then `departure` is None.
    """

    entry: Entry
    url_id: str | None
    is_new: bool
    is_stated: bool
    is_due: bool
    departure: Departure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A feed's next state and what this poll brought."""

    state: FeedState
    exchanges: tuple[Exchange, ...]
    page: PageRef | None = None
    met: tuple[Met, ...] = ()
    is_unchanged: bool = False
    is_failed: bool = False
