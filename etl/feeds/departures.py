"""How an entry departs without an article, and when its page is asked for again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from etl.feeds.decide import next_retry, next_revisit
from etl.outcomes import Outcome, Reason
from etl.records import Bug, Departure, Failed, Tagged, Work

REFUSED = frozenset(
    {
        Reason.UNSAFE_TARGET,
        Reason.BAD_URL,
        Reason.TOO_LARGE,
        Reason.TOO_MANY_REDIRECTS,
        Reason.NOT_HTML,
    }
)
"""Failures that say something of the entry rather than of the day."""


def depart(entry_id: str, failed: Failed) -> Departure:
    """Return how an entry departs whose page could not be had."""
    if not failed.is_permanent:
        outcome = Outcome.FAILED
    elif failed.reason in REFUSED:
        outcome = Outcome.REJECTED
    else:
        outcome = Outcome.GAVE_UP
    return Departure(entry_id=entry_id, outcome=outcome, reason=failed.reason, detail=failed.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How an entry leaves the run, and when its page is asked for again (None = not again).

    `attempts` counts failed fetches in a row.
    """

    result: Tagged | Departure | Bug
    attempts: int
    due_at: datetime | None


def settle_page(
    work: Work, result: Tagged | Departure | Bug, *, retry_after_s: float | None, now: datetime
) -> Settled:
    """Return what a page's result means for its entry.

    Failed pages are tried again with growing patience and given up in the end, articles are
    revisited while they are young; what was rejected waits until its entry says something new.
    """
    match result:
        case Departure(outcome=Outcome.FAILED):
            return _try_again(work, result, retry_after_s=retry_after_s, now=now)
        case Tagged():
            published_at = result.fingerprinted.article.published_at
        case Departure(outcome=Outcome.UNCHANGED):
            published_at = work.hints.published_at
        case _:
            return Settled(result=result, attempts=0, due_at=None)
    due_at = next_revisit(work.first_seen_at, published_at, now)
    return Settled(result=result, attempts=0, due_at=due_at)


def _try_again(
    work: Work, failure: Departure, *, retry_after_s: float | None, now: datetime
) -> Settled:
    attempts = work.attempts + 1
    due_at = next_retry(attempts, now, retry_after_s)
    if due_at is None:
        detail = f"{failure.detail}; given up after {attempts} tries"
        failure = replace(failure, outcome=Outcome.GAVE_UP, detail=detail)
    return Settled(result=failure, attempts=attempts, due_at=due_at)
