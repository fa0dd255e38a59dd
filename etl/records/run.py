"""A run, its work, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from etl.records.article import Bug, Tagged
from etl.records.feed import Departure
from etl.records.web import Exchange, Hints, PageRef, Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of a flow. `now` is read once, when it begins; every decision uses it."""

    run_id: str
    flow: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A page to fetch: the entry that leads, and the others that point at the same page."""

    hints: Hints
    url: str
    followers: tuple[str, ...]
    validators: Validators
    attempts: int
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refined:
    """What came of a page asked for: an article, or how its entry departs without one.

    `due_at` is when the page is to be asked for again (retry or revisit), None = not again.
    """

    work: Work
    exchanges: tuple[Exchange, ...]
    page: PageRef | None
    result: Tagged | Departure | Bug
    attempts: int
    due_at: datetime | None


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
