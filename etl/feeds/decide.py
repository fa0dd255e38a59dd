"""Decide what an entry asks for: its page, nothing, or a rejection; and when to look again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from etl.outcomes import Outcome, Reason
from etl.records import Entry, KnownEntry, Rejected
from etl.urls import is_http_url

RETRIES = (
    *(timedelta(minutes=15 << doubled) for doubled in range(7)),
    *(timedelta(days=days) for days in (1, 3, 7)),
)
"""Waits after each failure that may pass: a quarter of an hour at first, given up after 12 days.
A server that was down for a week must not cost its articles of that week."""

SECOND_LOOKS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
)
"""Waits before a page is looked at again that was refused or missing: caches answer 404 for pages
just published, stubs are filled in, and a bot check or a bad redirect is often one day's fault."""

LONGEST_ASKED = timedelta(days=1)
"""The longest Retry-After that is obeyed."""

HOUR_S = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitRules:
    """When an article's page is looked at again.

    `plan_s`: (age, wait) in seconds, youngest first: an article younger than this is looked at
    again after that, one older than all of them never. Most changes come early: the ages are
    NewsDiffs'. `per_host` pages of one host are looked at again in one run at most.
    """

    plan_s: tuple[tuple[int, int], ...] = (
        (3 * HOUR_S, HOUR_S // 4),
        (24 * HOUR_S, 3 * HOUR_S),
        (7 * 24 * HOUR_S, 24 * HOUR_S),
    )
    per_host: int = 60


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
    if attempts > len(RETRIES):
        return None
    asked = min(timedelta(seconds=max(retry_after_s or 0, 0)), LONGEST_ASKED)
    return now + max(RETRIES[attempts - 1], asked)


def next_look(attempts: int, now: datetime) -> datetime | None:
    """Return when to look again at a page that was refused or missing, None to let it be.

    `attempts` counts as for `next_retry`.
    """
    return now + SECOND_LOOKS[attempts - 1] if attempts <= len(SECOND_LOOKS) else None


def next_revisit(
    first_seen_at: datetime,
    published_at: datetime | None,
    now: datetime,
    *,
    revisits: RevisitRules,
) -> datetime | None:
    """Return when to look at an article's page again, None when it is too old for the plan.

    Its age counts from `published_at`; where that is missing or in the future, from
    `first_seen_at`.
    """
    is_future = published_at is not None and published_at > now
    age = now - (first_seen_at if published_at is None or is_future else published_at)
    waits = (wait_s for age_s, wait_s in revisits.plan_s if age < timedelta(seconds=age_s))
    wait_s = next(waits, None)
    return None if wait_s is None else now + timedelta(seconds=wait_s)
