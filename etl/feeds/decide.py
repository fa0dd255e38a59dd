"""Decide what an entry asks for: its page, nothing, or a rejection; and when to look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from etl.outcomes import Outcome, Reason
from etl.records import Entry, KnownEntry, Rejected
from etl.urls import is_http_url

RETRY_FIRST = timedelta(minutes=15)
RETRY_LONGEST = timedelta(hours=24)
RETRY_TRIES = 8
"""A page that could not be had this often is given up: the tries span about a day and a half."""

REVISITS = (
    (timedelta(hours=3), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=3)),
)
"""(younger than, look again after): most changes come early. The schedule is NewsDiffs'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Ask for the entry's page."""

    why: Literal["new", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Leave the entry alone; `outcome` is how it leaves the run."""

    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """There is no page behind the entry."""

    rejected: Rejected


Decision = Fetch | Skip | Reject


def decide_entry(entry: Entry, known: KnownEntry | None) -> Decision:
    """Return what to do with `entry`, given what we know of it (None: never seen).

    A known entry that says what it said is never fetched because its feed was polled: retries
    and revisits have times of their own.
    """
    if known is not None and known.fingerprint == entry.fingerprint:
        return Skip(outcome=Outcome.UNCHANGED)
    if entry.url is None:
        detail = "the entry has no http or https link"
        return Reject(rejected=Rejected(reason=Reason.NO_URL, detail=detail))
    if not is_http_url(entry.url):
        return Reject(rejected=Rejected(reason=Reason.BAD_URL, detail=entry.url[:200]))
    return Fetch(why="new" if known is None else "changed")


def next_retry(attempts: int, now: datetime, retry_after_s: float | None = None) -> datetime | None:
    """Return when to try a failed page again, None to give it up.

    Args:
        attempts: tries made so far, this one included (1 after the first failure).
        now: when the last try failed.
        retry_after_s: seconds the server asked us to wait, if it did; a day at most is obeyed.
    """
    if attempts >= RETRY_TRIES:
        return None
    wait = RETRY_FIRST * (1 << max(attempts - 1, 0))
    asked = timedelta(seconds=min(max(retry_after_s or 0, 0), RETRY_LONGEST.total_seconds()))
    return now + min(max(wait, asked), RETRY_LONGEST)


def next_revisit(
    first_seen_at: datetime, published_at: datetime | None, now: datetime
) -> datetime | None:
    """Return when to look at an article's page again, None when it is a week old.

    Its age counts from `published_at`; where that is missing or in the future, from
    `first_seen_at`.
    """
    is_future = published_at is not None and published_at > now
    age = now - (first_seen_at if published_at is None or is_future else published_at)
    return next((now + wait for younger_than, wait in REVISITS if age < younger_than), None)
