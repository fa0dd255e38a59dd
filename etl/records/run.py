"""A run, its work, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from etl.records.article import Bug, Tagged
from etl.records.derivation import Derivation
from etl.records.feed import Departure
from etl.records.web import Exchange, Hints, PageRef, UsageSignal, Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of a flow. `now` is read once, when it begins; every decision uses it.

    `derivation` is what it makes articles by; None = not recorded.
    """

    run_id: str
    flow: str
    now: datetime
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A page to fetch: the entry that leads, and the others that point at the same page.

    `article_id` is the article its entry already leads to: then this is a revisit. `has_carried`:
    the feed carried a text for the entry, to be used if the page cannot be had.
    """

    hints: Hints
    url: str
    followers: tuple[str, ...]
    validators: Validators
    attempts: int
    first_seen_at: datetime
    article_id: str | None = None
    has_carried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """What came of a page asked for: an article, or how its entry departs without one.

    `due_at` is when the page is to be asked for again (retry or revisit), None = not again.
    Where the result was made of what the feed carried, `carried_page` is where that is archived
    and `carried_for` why the page itself could not be had. `same_as` is where redirects led when
    another entry's page was found there.
    """

    work: Work
    exchanges: tuple[Exchange, ...]
    page: PageRef | None
    result: Tagged | Departure | Bug
    attempts: int
    due_at: datetime | None
    signals: tuple[UsageSignal, ...] = ()
    carried_page: PageRef | None = None
    carried_for: Departure | None = None
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """A run's row: what `ingest --json` prints."""

    run_id: str
    state: str
    feeds_polled: int
    feeds_unchanged: int
    feeds_failed: int
    entries_seen: int
    entries_new: int
    pages_fetched: int
    articles_new: int
    articles_changed: int
    duplicates: int
    rejected: int
    bugs: int
    bytes_received: int
    seconds: float
