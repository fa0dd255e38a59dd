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
    """A feed the user asked for. `title` is None when the user gave none.

    `text_in` is a CSS selector of the elements that hold the text on this feed's pages, where the
    user knows better than extraction does.
    """

    url: str
    title: str | None = None
    tags: tuple[str, ...] = ()
    text_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When a feed's entries come: `arrivals` per UTC hour of the day, older ones counting less.

    24 decayed counts as they stood at `as_of`; nothing is known of the time before `since`.
    """

    arrivals: tuple[float, ...]
    since: datetime
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A permanent redirect seen, and how often in a row; adopted only after several."""

    target: str
    sightings: int
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What we know of a feed between polls; `feeds.schedule` makes the next from the last.

    `feed_url` is what the user subscribed to and names the feed for ever; `address` is where it is
    asked since a move was adopted (None: at `feed_url`). `lied_at` is when a 304 was found to hide
    news: its validators are not used since. `interval_s` is the wait decided last, `floor_s` the
    least one the publisher asked for. By `silent_at` something new should have come.
    `window_entries` is how many entries the feed showed last; it and the skip hours and days (see
    `Feed`) are kept for the 304s that do not repeat them.
    """

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
    address: str | None = None
    move: Move | None = None
    lied_at: datetime | None = None
    failing_since: datetime | None = None
    floor_s: int | None = None
    rhythm: Rhythm | None = None
    newest_entry_at: datetime | None = None
    missed_estimate: int | None = None
    silent_at: datetime | None = None
    window_entries: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as received and as read.

    `url` is absolute, None when the item has none; `fingerprint` changes when the publisher
    changes what the entry says (link, title, updated time). `is_guid_shared` and `is_url_shared`:
    another item of the document bears it too, so it identifies neither. `document` is which of the
    poll's documents it stands in: 0, or a sitemap's place after its index.
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
    is_guid_shared: bool = False
    is_url_shared: bool = False
    document: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed document. `ttl_s` is the poll interval the feed itself asks for.

    `skip_hours` (0 to 23, UTC) and `skip_days` (0 = Monday) are when it asks not to be polled.
    `children` are the documents an index of sitemaps lists, those to read first coming first; an
    index has no entries of its own.
    """

    url: str
    format: FeedKind
    title: str | None
    home_url: str | None
    entries: tuple[Entry, ...]
    ttl_s: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """What we remember of an entry, as its feed last stated it.

    `article_id` is None while no article came of it; `due_at` is when its page is to be fetched
    on its own account, None = not.
    """

    entry_id: str
    feed_url: str
    guid: str | None
    url: str | None
    title: str | None
    published_raw: str | None
    published_at: datetime | None
    fingerprint: str
    article_id: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """An item was taken for an entry we knew although its guid or its address had changed.

    Which of them, and on what evidence: kept so that a person can see it and undo it.
    """

    reason: Literal["guid_changed", "address_changed", "host_moved"]
    evidence: str
    was_guid: str | None
    was_url: str | None
    was_title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """How an entry left the run."""

    entry_id: str
    outcome: Outcome
    reason: Reason | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An entry met in a poll and what was decided of it; `merge` says how it was recognised.

    `is_stated` when the publisher says something we had not heard; `is_due` when its page is to
    be fetched in this run, and then `departure` is None.
    """

    entry: Entry
    url_id: str | None
    is_new: bool
    is_stated: bool
    is_due: bool
    departure: Departure | None
    merge: Merge | None = None


FeedAlarm = Literal[
    "feed_failing", "feed_gone", "feed_lying", "feed_silent", "feed_moved", "feed_missing_entries"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A trouble with a feed that wants a person; on until a poll no longer finds it."""

    kind: FeedAlarm
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A feed's next state and what this poll brought.

    `pages` are the archived documents: one, or an index of sitemaps and the sitemaps read. `alarms`
    are all that hold now; those not among them are over.
    """

    state: FeedState
    exchanges: tuple[Exchange, ...]
    pages: tuple[PageRef, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    met: tuple[Met, ...] = ()
    is_unchanged: bool = False
    is_failed: bool = False
